import type { FastifyInstance } from 'fastify';
import type { PaymentInputDeps } from '../payment/index.ts';
import type { CashierDeps, CashierDoors } from './doors.ts';
import { createLimiter } from './limiter.ts';
import { addPageRoutes } from './routes/page-routes.ts';
import { addPaymentRoutes } from './routes/payment-routes.ts';
import { addReceiptRoutes } from './routes/receipt-routes.ts';

/**
 * Unknown codes opened by one address. A code has 80 random bits, so this only spares the
 * database; a whole office may sit behind one address.
 */
const guessing = { limit: 30, windowMs: 10 * 60_000 };
/** Taps of one payer. */
const paying = { limit: 30, windowMs: 60_000 };

export function addCashierRoutes(
  app: FastifyInstance,
  plain: PaymentInputDeps,
  doors: CashierDoors,
): void {
  const deps: CashierDeps = { ...plain, doors };
  const limits = {
    guessing: createLimiter(deps.clock, guessing),
    paying: createLimiter(deps.clock, paying),
  };
  addPageRoutes(app, deps, limits);
  addPaymentRoutes(app, deps, limits);
  addReceiptRoutes(app, deps, limits);
}
