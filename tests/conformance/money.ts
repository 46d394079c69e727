import { openBillsOf } from '../../apps/server/src/modules/billing/index.ts';
import { balanceOn, account as ledger } from '../../apps/server/src/modules/ledger/index.ts';
import {
  approveRefund,
  paymentState,
  paymentTasks,
  requestRefund,
  type StartedPayment,
  startPayment,
} from '../../apps/server/src/modules/payment/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { newId } from '../../apps/server/src/platform/id.ts';
import { givenBills } from '../../apps/server/test/billing-builders.ts';
import type { Place } from './stand.ts';
import type { Verbs } from './verbs.ts';

/** Ten seconds. */
const longestTurns = 200;

export type Home = Awaited<ReturnType<typeof givenBills>>;
export type Started = StartedPayment & { readonly orderNo: string };

/** Payments of bills on the real database, and what the books say of them. */
export function moneyOf(
  { system, account, driver }: Place,
  { open, advance }: Pick<Verbs, 'open'> & { advance(ms: number): Promise<void> },
) {
  const { deps, companyId } = system;
  let payers = 0;
  const read = { system, companyId };
  return {
    home: (amountFen = 254_70): Promise<Home> => givenBills(system, { amountsFen: [amountFen] }),
    /** A payer begins to pay all bills of a home; what the device does is done. */
    async start(home: Home, payerKey?: string): Promise<Started> {
      payers += 1;
      const key = payerKey ?? `${driver.channel}:payer-${payers}`;
      const started = await startPayment(deps, {
        companyId,
        unitId: home.unitId,
        billIds: home.bills.map(({ id }) => id),
        payer: { channel: driver.channel, key },
        product: 'native',
        source: 'cashier',
      });
      const { instructions, paymentId } = started;
      if (instructions) await open({ state: 'accepted', instructions });
      const { orderNo } = await lastOrderOf(read, paymentId);
      return { ...started, orderNo };
    },
    stateOf: async ({ paymentId }: { readonly paymentId: string }) => {
      const now = deps.clock.now();
      const view = await deps.db.read(companyId, (tx) => paymentState(tx, paymentId, now));
      return view?.state;
    },
    /** A notice may be answered before its booking is over. @throws when it never is */
    async isPaid({ paymentId }: { readonly paymentId: string }): Promise<void> {
      for (let turn = 0; turn < longestTurns; turn += 1) {
        if ((await this.stateOf({ paymentId })) === 'paid') return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`the payment is paid; got ${await this.stateOf({ paymentId })}`);
    },
    openFen: async ({ unitId }: Home): Promise<number> => {
      const bills = await deps.db.read(companyId, (tx) => openBillsOf(tx, unitId));
      return bills.reduce((sum, bill) => sum + bill.openFen, 0);
    },
    /** What our books say came in, and what of it belongs to no bill. */
    books: () =>
      deps.db.read(companyId, async (tx) => {
        // What was paid this second is posted at the time of the channel, which is ahead of ours.
        const now = new Date(deps.clock.now().getTime() + 600_000);
        return {
          collectedFen: Number(await balanceOn(tx, ledger.channel(account.merchantAccountId), now)),
          suspenseFen: Number(await balanceOn(tx, ledger.suspense(), now)),
        };
      }),
    /** One person asks for a refund of a home's bill, another agrees: then it is sent. */
    async refund({ bills: [bill] }: Home, { paymentId }: Started, amountFen: number) {
      const idempotencyKey = `refund-of-${paymentId}-${amountFen}`;
      const lines = [{ billId: bill?.id ?? '', amountFen }];
      const wish = { paymentId, lines, billEffect: 'reopen', reason: '多收退回' } as const;
      const { refundId } = await requestRefund(deps, {
        ...wish,
        actor: system.staff,
        idempotencyKey,
      });
      const checker = { ...system.staff, id: newId(deps.clock.now()), name: '复核员' };
      await approveRefund(deps, { actor: checker, refundId, amountFen });
      return async () => {
        const { state } = await deps.db.read(companyId, (tx) =>
          tx.one(sql<{ state: string }>`
            select state from payment.refund
            where company_id = ${companyId} and id = ${refundId}`),
        );
        return state;
      };
    },
    /** Whatever other cases left open ends, so that the books stand still. */
    async quieten() {
      for (const ms of [10 * 60_000, 10 * 60_000, 0]) await this.sweep(ms);
    },
    /** Time passes, and the sweep asks the channel for what it was not told. */
    async sweep(ms = 15_000) {
      await advance(ms);
      for (const task of paymentTasks(deps)) await task.run();
    },
    refusals: async () => {
      const rows = await deps.db.read(companyId, (tx) =>
        tx.many(sql<{ reason: string }>`
          select reason from channels.refused_notice
          where company_id = ${tx.companyId}
            and merchant_account_id = ${account.merchantAccountId} order by received_at, id`),
      );
      return rows.map(({ reason }) => reason);
    },
    messages: () =>
      deps.db.read(companyId, (tx) =>
        tx.many(sql<{ verb: string; text: string }>`
          select verb, request || ' ' || response as text from channels.message
          where company_id = ${tx.companyId}
            and merchant_account_id = ${account.merchantAccountId}`),
      ),
  };
}

async function lastOrderOf(
  { system, companyId }: Pick<Place, 'system'> & { readonly companyId: string },
  paymentId: string,
): Promise<{ orderNo: string }> {
  return await system.deps.db.read(companyId, (tx) =>
    tx.one(sql<{ orderNo: string }>`
      select order_no as "orderNo" from payment.attempt
      where company_id = ${tx.companyId} and payment_id = ${paymentId}
      order by id desc limit 1`),
  );
}
