import { createServer } from 'node:net';
import { startSimulator } from '../../../apps/gateway-simulator/src/simulator.ts';
import { buildApp } from '../../../apps/server/src/compose.ts';
import {
  paymentState,
  paymentTasks,
  startPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { sql } from '../../../apps/server/src/platform/database/index.ts';
import { givenBills } from '../../../apps/server/test/billing-builders.ts';
import { givenMerchantAccount } from '../../../apps/server/test/channels-builders.ts';
import { givenSystem, type TestSystem } from '../../../apps/server/test/harness.ts';
import { checkInvariants } from '../../../apps/server/test/payment-invariants.ts';

interface RefundView {
  readonly state: 'pending' | 'refunded' | 'failed' | 'abnormal';
  readonly refundFen: number;
}

interface Book {
  readonly refundedFen: number;
  readonly transactions: readonly {
    readonly transaction_id: string;
    readonly amount: { readonly total: number };
  }[];
}

let companies = 0;

/**
 * The whole server over HTTP on one side, the gateway simulator with real keys on the other, and a
 * company of its own whose books are held against the simulator's.
 */
export async function startGateway(options: { readonly listens?: boolean } = {}) {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const system = await givenSystem({ at: new Date().toISOString(), publicUrl });
  const app = await buildApp(system.deps);
  // Otherwise another process listens there.
  if (options.listens !== false) await app.listen({ port, host: '127.0.0.1' });
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1' });

  async function control<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    const sent = body && { headers, body: JSON.stringify(body) };
    const response = await fetch(`${simulator.url}/control/${path}`, { method, ...sent });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  }

  return {
    system,
    port,
    publicUrl,
    simulatorUrl: simulator.url,
    control,
    arm: (at: string, fault: string, more: object = {}) =>
      control('POST', 'faults', { at, fault, ...more }),
    advance: (seconds: number) => advance({ system, control }, seconds),
    company: (mode: 'certificate' | 'public-key' = 'public-key') =>
      givenCompany({ system, control, simulatorUrl: simulator.url }, mode),
    async close() {
      await app.close();
      await simulator.close();
      await system.close();
    },
  };
}

type Control = <Answer>(method: string, path: string, body?: object) => Promise<Answer>;
interface Parts {
  readonly system: TestSystem;
  readonly control: Control;
  readonly simulatorUrl: string;
}

async function givenCompany(
  { system, control, simulatorUrl }: Parts,
  mode: 'certificate' | 'public-key',
) {
  companies += 1;
  const shortCode = `g${companies}`;
  const companyId = await system.addCompany(shortCode);
  const account = await givenMerchantAccount(system, { simulatorUrl, companyId, mode });
  const read = <Answer>(statement: ReturnType<typeof sql<Answer>>) =>
    system.deps.db.read(companyId, (tx) => tx.many(statement));
  const view = (paymentId: string) =>
    system.deps.db.read(companyId, (tx) => paymentState(tx, paymentId));

  const numbersOf = () =>
    read(sql<{ refundNo: string }>`
      select refund_no as "refundNo" from payment.refund_attempt
      where company_id = ${companyId} and sends > 0`);
  /** What the gateway says of our refund numbers; one that never arrived there is left out. */
  async function refundsAt(numbers: readonly { readonly refundNo: string }[]) {
    const refunds = new Map<string, { state: string; amountFen: number }>();
    for (const { refundNo } of numbers) {
      const answer = await fetch(`${simulatorUrl}/control/wechat-pay/refunds/${refundNo}`);
      if (!answer.ok) continue;
      const { state, refundFen } = (await answer.json()) as RefundView;
      refunds.set(refundNo, { state, amountFen: refundFen });
    }
    return refunds;
  }

  return {
    account,
    companyId,
    shortCode,
    view,
    /** A payer with the order's code before them. */
    async started(amountFen = 120_00) {
      const unit = await givenBills(system, { amountsFen: [amountFen], companyId });
      const { paymentId } = await startPayment(system.deps, {
        companyId,
        unitId: unit.unitId,
        billIds: unit.bills.map(({ id }) => id),
        payer: { channel: 'wechat-pay', key: `payer-${unit.unitId}` },
        product: 'native',
        source: 'cashier',
      });
      return { unit, paymentId, orderNo: (await view(paymentId))?.orderNo ?? '' };
    },
    pay: (outTradeNo: string, more: object = {}) =>
      control('POST', 'wechat-pay/pay', { outTradeNo, ...more }),
    /** Sends the order's notification again. @returns what our server answered */
    notify: async (outTradeNo: string, how: object = {}) =>
      (
        await control<{ statuses: number[]; answers: string[] }>(
          'POST',
          `wechat-pay/orders/${outTradeNo}/notify`,
          how,
        )
      ).statuses,
    cases: () =>
      read(sql<{ reason: string; state: string; amountFen: number; caseNo: string }>`
        select reason, state, amount_fen as "amountFen", case_no as "caseNo"
        from payment.surplus where company_id = ${companyId} order by id`),
    proofs: async () =>
      (await read(sql`select id from payment.proof where company_id = ${companyId}`)).length,
    refusals: () =>
      read(sql<{ reason: string; times: number }>`
        select reason, sum(times)::bigint as times from channels.refusal_count
        where company_id = ${companyId} group by reason order by reason`),
    /** What the gateway gave back, as its own book says. */
    backFen: async () =>
      (await control<Book>('GET', `wechat-pay/book?mchid=${account.mchId}`)).refundedFen,
    /** The gateway comes to the end of a refund; it may have done so by itself. */
    async finishRefund(refundNo: string) {
      const view = await control<RefundView>('GET', `wechat-pay/refunds/${refundNo}`);
      if (view.state !== 'pending') return;
      await control('POST', `wechat-pay/refunds/${refundNo}/finish`, { outcome: 'refunded' });
    },
    notifyRefund: async (refundNo: string) =>
      (await control<{ statuses: number[] }>('POST', `wechat-pay/refunds/${refundNo}/notify`, {}))
        .statuses,
    async caseId() {
      const [one] = await read(sql<{ id: string }>`
        select id from payment.surplus where company_id = ${companyId} and state = 'open'`);
      return one?.id ?? '';
    },
    /** Lets time pass on both sides and the worker run. */
    async sweep(seconds = 0) {
      await advance({ system, control }, seconds);
      for (const task of paymentTasks(system.deps)) await task.run();
    },
    /** Every invariant, with the simulator's own book as the channel's. */
    async check(isQuiet = true) {
      const book = await control<Book>('GET', `wechat-pay/book?mchid=${account.mchId}`);
      const trades = book.transactions.map((one) => ({
        tradeNo: one.transaction_id,
        amountFen: one.amount.total,
      }));
      const refunds = await refundsAt(await numbersOf());
      const back = [...refunds.values()].filter(({ state }) => state === 'refunded');
      if (isQuiet && back.reduce((all, one) => all + one.amountFen, 0) !== book.refundedFen) {
        throw new Error(`the gateway gave back ${book.refundedFen}, by other numbers than ours`);
      }
      const channel = { account: { id: account.merchantAccountId }, trades: () => trades, refunds };
      await checkInvariants({ system, companyId }, channel, { isQuiet });
    },
  };
}

/** Signatures carry a time, so both sides keep the same clock. */
async function advance({ system, control }: Pick<Parts, 'system' | 'control'>, seconds: number) {
  system.clock.advance(seconds * 1000);
  if (seconds > 0) await control('POST', 'clock', { advanceMs: seconds * 1000 });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was free');
  return address.port;
}
