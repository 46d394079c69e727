import type { FastifyInstance } from 'fastify';
import type { PaymentInputDeps } from './deps.ts';
import { addNotificationRoute } from './routes/notification.ts';

export function addPaymentRoutes(app: FastifyInstance, deps: PaymentInputDeps): void {
  addNotificationRoute(app, deps);
}
