import type { EventStream } from '../../../platform/http/index.ts';
import { type PaymentStateView, paymentState } from '../../payment/index.ts';
import type { CashierDeps } from '../doors.ts';
import { cashierErrors } from '../errors.ts';
import { readPayer, type Visitor } from '../payer.ts';
import { companyOfCode, findHome, type Home } from './find-home.ts';

export interface FollowInput extends Visitor {
  readonly code: string;
  readonly paymentId: string;
}

export interface OwnPayment {
  readonly home: Home;
  readonly payment: PaymentStateView;
}

/**
 * A payment of the payer behind the cookie, for the home behind the code.
 * @returns undefined for anything else, so that nobody learns what others pay
 */
export async function ownPayment(
  deps: CashierDeps,
  input: FollowInput,
): Promise<OwnPayment | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(input.paymentId)) return undefined;
  const { companyId } = await companyOfCode(deps, input.code);
  const { keys } = readPayer(deps, companyId, input);
  if (keys.length === 0) throw cashierErrors.WALLET_UNKNOWN();
  return await deps.db.read(companyId, async (tx) => {
    const home = await findHome(tx, input.code);
    const payment = await paymentState(tx, input.paymentId, deps.clock.now());
    if (!payment || !keys.includes(payment.payerKey)) return undefined;
    return payment.unitId === home.unitId ? { home, payment } : undefined;
  });
}

/** How long one stream stays open; the page opens another one. */
const streamMs = 10 * 60_000;

/** Sends the state now and whenever it may have changed, until it is final. */
export function followPayment(
  deps: Pick<CashierDeps, 'db' | 'clock' | 'live' | 'log'>,
  input: { readonly companyId: string; readonly paymentId: string },
  stream: EventStream,
): () => void {
  const { companyId, paymentId } = input;
  const send = async (): Promise<void> => {
    const found = await deps.db.read(companyId, (tx) =>
      paymentState(tx, paymentId, deps.clock.now()),
    );
    const state = found?.state ?? 'closed';
    stream.send('state', { paymentId, state });
    if (state === 'paid' || state === 'closed') stream.end();
  };
  const tell = () => {
    send().catch((error: unknown) => {
      deps.log.warn({ err: error, paymentId }, 'a payment could not be followed');
      stream.end();
    });
  };
  const stop = deps.live.subscribe(companyId, ({ id, topic }) => {
    if (id === paymentId && topic.startsWith('payment.')) tell();
  });
  const timer = setTimeout(() => stream.end(), streamMs);
  timer.unref();
  tell();
  return () => {
    clearTimeout(timer);
    stop();
  };
}
