import type { ChannelTrade } from '../src/modules/channels/index.ts';
import {
  confirmPayment,
  paymentState,
  paymentTasks,
  startPayment,
} from '../src/modules/payment/index.ts';
import { sql } from '../src/platform/database/index.ts';
import type { PaymentWorld } from './payment-builders.ts';
import { checkInvariants } from './payment-invariants.ts';

/** What tests of payments do again and again, in the world that a test stands in. */
export function stepsIn(world: () => PaymentWorld) {
  const viewOf = (paymentId: string) =>
    world().system.deps.db.read(world().companyId, (tx) => paymentState(tx, paymentId));
  return {
    viewOf,
    stateOf: async (paymentId: string) => (await viewOf(paymentId))?.state,
    /** Nothing may be left undecided, and every invariant holds. */
    quiet: () => checkInvariants(world(), world().channel),
    confirm: (
      trade: ChannelTrade,
      source: 'notification' | 'query' | 'statement' = 'notification',
    ) => confirmPayment(world().deps, { companyId: world().companyId, source, trade }),
    /** A payer with the order before them. */
    async started(...amountsFen: number[]) {
      const unit = await world().bills(...amountsFen);
      const { paymentId } = await startPayment(world().deps, world().wish(unit));
      return { unit, paymentId, orderNo: (await viewOf(paymentId))?.orderNo ?? '' };
    },
    casesOf: () =>
      world().system.deps.db.read(world().companyId, (tx) =>
        tx.many(sql<{ reason: string; state: string; amountFen: number }>`
          select reason, state, amount_fen as "amountFen" from payment.surplus
          where company_id = ${tx.companyId} order by id`),
      ),
    /** Lets time pass and the worker run. */
    async sweepAfter(seconds: number) {
      world().system.clock.advance(seconds * 1000);
      for (const task of paymentTasks(world().deps)) await task.run();
    },
  };
}
