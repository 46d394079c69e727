import { startPayment, takeDeskPayment } from '../src/modules/payment/index.ts';
import { createDatabase, sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import { type AutopayWorld, localDay } from './autopay-builders.ts';
import type { TestSystem } from './harness.ts';

export const dayMs = 86_400_000;
/** Callers at once. */
export const times = <Answer>(work: (index: number) => Answer): Answer[] =>
  Array.from({ length: 32 }, (_, index) => work(index));

/** What tests of autopay do again and again, in the world that a test stands in. */
export function autopaySteps(system: TestSystem, world: () => AutopayWorld) {
  const read = reading(system, world);
  const payers = payersIn(system, world);
  return { ...read, ...payers, ...waiting(system, world), ...others(system, world) };
}

function reading(system: TestSystem, world: () => AutopayWorld) {
  const debits = () =>
    system.deps.db.read(world().companyId, (tx) =>
      tx.many(sql<{ id: string; state: string; tryNo: number; code: string | null; on: string }>`
        select id, state, try_no as "tryNo", end_code as code, debit_on::text as on
        from autopay.debit where company_id = ${tx.companyId} order by debit_on, try_no, id`),
    );
  return {
    debits,
    states: async () => (await debits()).map(({ state }) => state),
    at: (mandateId: string) => ({
      companyId: world().companyId,
      merchantAccountId: world().merchantAccountId,
      mandateId,
    }),
    async openFen() {
      const row = await system.deps.db.read(world().companyId, (tx) =>
        tx.one(sql<{ fen: number }>`
          select coalesce(sum(amount_fen - paid_fen - waived_fen), 0)::bigint as fen
          from billing.pub_bill where company_id = ${tx.companyId} and state = 'issued'`),
      );
      return row.fen;
    },
  };
}

/** What the wallet does with the orders that it was given. */
function payersIn(system: TestSystem, world: () => AutopayWorld) {
  const orders = () => [...world().channel.orders.values()];
  const unpaidOrders = () => orders().filter(({ state }) => state === 'unpaid');
  return {
    orders,
    pay() {
      for (const { orderNo } of unpaidOrders()) world().channel.pay(orderNo);
    },
    /** The debit fails for good, with the channel's code. */
    async refuse(code: string) {
      for (const { orderNo } of unpaidOrders()) {
        await system.deps.db.transaction(world().companyId, (tx) =>
          tx.run(sql`update payment.attempt set failure_code = ${code}
            where company_id = ${tx.companyId} and order_no = ${orderNo}`),
        );
        Object.assign(world().channel.orders.get(orderNo) ?? {}, { state: 'closed' });
      }
    },
  };
}

function waiting(system: TestSystem, world: () => AutopayWorld) {
  async function home(...fens: number[]) {
    const billed = await world().bills({}, ...fens);
    const who = await world().resident([billed.unitId]);
    return { billed, who };
  }
  /** Every bill is due so many days from now. */
  const dueIn = (days: number) =>
    system.deps.db.transaction(world().companyId, async (tx) => {
      await tx.run(sql`update billing.bill set due_on = ${localDay(system, days)}
        where company_id = ${tx.companyId}`);
      await tx.run(sql`update autopay.mandate set plan_at = ${system.clock.now()}
        where company_id = ${tx.companyId} and state = 'active'`);
    });
  /** @returns when the debit may start */
  async function untilAnnounced(): Promise<Date> {
    for (let hour = 0; hour < 24 * 10; hour += 1) {
      const [debit] = await system.deps.db.read(world().companyId, (tx) =>
        tx.many(sql<{ workAt: Date }>`
          select work_at as "workAt" from autopay.debit
          where company_id = ${tx.companyId} and state = 'announced'`),
      );
      if (debit) return debit.workAt;
      await world().passHours(1);
    }
    throw new Error('no debit was announced');
  }
  return {
    home,
    dueIn,
    untilAnnounced,
    async untilDue() {
      const workAt = await untilAnnounced();
      system.clock.set(new Date(workAt.getTime() + 1000));
    },
    /** A home, signed for, whose bills were announced. */
    async announced(...fens: number[]) {
      const given = await home(...fens);
      const mandateId = await world().sign(given.who, { homes: [given.billed] });
      await dueIn(3);
      await untilAnnounced();
      return { ...given, mandateId };
    },
  };
}

/** What else can happen to a bill. */
function others(system: TestSystem, world: () => AutopayWorld) {
  return {
    /** At the desk, in cash. */
    async settleElsewhere(unitId: string, billId: string, amountFen: number) {
      await takeDeskPayment(world().deps, {
        actor: { ...system.staff, companyId: world().companyId },
        unitId,
        billIds: [billId],
        method: 'cash',
        amountFen,
        idempotencyKey: `desk-${billId}`,
      });
    },
    /** Somebody has the bill before them in the page behind the room code. */
    async holdElsewhere(unitId: string, billId: string) {
      await startPayment(world().deps, {
        companyId: world().companyId,
        unitId,
        billIds: [billId],
        payer: { channel: 'wechat-pay', openId: 'o-neighbour', key: 'wechat-pay:neighbour' },
        product: 'jsapi',
        source: 'cashier',
      });
    },
    /** Only what autopay reads of a dispute; its ticket is another module's. */
    async dispute(billId: string, unitId: string) {
      const owner = createDatabase({ url: system.urls.owner, poolSize: 1 });
      const now = system.clock.now();
      await owner.transaction(world().companyId, async (tx) => {
        await tx.run(sql`set local session_replication_role = replica`);
        await tx.run(sql`
          insert into feedback.dispute (company_id, id, bill_id, unit_id, community_id, opened_at)
          values (${tx.companyId}, ${newId(now)}, ${billId}, ${unitId}, ${unitId}, ${now})`);
      });
      await owner.close();
    },
  };
}
