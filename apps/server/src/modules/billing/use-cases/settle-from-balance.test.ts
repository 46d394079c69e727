import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { billsOf, booksOf, givenBills } from '../../../../test/billing-builders.ts';
import { givenAssigned, givenFee } from '../../../../test/charging-builders.ts';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import {
  balanceFenOf,
  balanceProblems,
  givenBalance,
  givenPrepaymentSetting,
} from '../../../../test/prepayment-builders.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { setUsesItself } from '../../prepayment/index.ts';
import { openBillsOf } from '../queries/open-bills.ts';
import { holdBills, lockPayableBills, settleBills } from '../store/bill-store.ts';
import { draftRun } from './draft-run.ts';
import { publishRun } from './publish-run.ts';
import { voidRun } from './void-run.ts';

let system: TestSystem;
let communities = 0;
let community = '';
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());
beforeEach(() => {
  communities += 1;
  community = `小区 ${communities}`;
});

const command = (runId: string) => ({ companyId: system.companyId, runId, actor: system.staff });
const publish = (runId: string) => publishRun(system.deps, command(runId));
const voided = (runId: string) => voidRun(system.deps, { ...command(runId), reason: '单价录错' });
const inTransaction: TestSystem['deps']['db']['transaction'] = (...input) =>
  system.deps.db.transaction(...input);

/** Homes with 254.70 of this month in a draft. */
async function givenDraft(homes: number, category?: 'deposit') {
  const units = [];
  for (let home = 0; home < homes; home += 1) units.push(await givenUnit(system, { community }));
  const communityId = units[0]?.communityId ?? '';
  const fee = await givenFee(system, category ? { category } : {});
  await givenAssigned(system, fee, { communityId });
  const { runId } = await draftRun(system.deps, {
    companyId: system.companyId,
    communityId,
    month: '2026-11-01',
    actor: system.staff,
  });
  return { runId, communityId, unitIds: units.map(({ unitId }) => unitId) };
}

async function openOf(unitId: string): Promise<number[]> {
  const bills = await inTransaction(system.companyId, (tx) => openBillsOf(tx, unitId));
  return bills.map(({ openFen }) => openFen);
}

async function expectBooksHold(): Promise<void> {
  const { open, receivable } = await booksOf(system);
  expect(receivable).toEqual(open);
  expect(await balanceProblems(system, system.companyId)).toEqual([]);
}

describe('publishing with money paid ahead', () => {
  test('settles the new bill and leaves the rest for the next', async () => {
    const { runId, unitIds } = await givenDraft(2);
    const [ahead = '', without = ''] = unitIds;
    await givenBalance(system, { unitId: ahead, amountFen: 300_00 });
    await publish(runId);
    expect(await openOf(ahead)).toEqual([]);
    expect(await balanceFenOf(system, ahead)).toBe(45_30);
    expect(await openOf(without)).toEqual([254_70]);
    await expectBooksHold();
  });

  test('pays what it can of a bill, or waits for it, as the company chose', async () => {
    const parts = await givenDraft(1);
    const [unitId = ''] = parts.unitIds;
    await givenBalance(system, { unitId, amountFen: 100_00 });
    await publish(parts.runId);
    expect(await openOf(unitId)).toEqual([154_70]);
    expect(await balanceFenOf(system, unitId)).toBe(0);

    await givenPrepaymentSetting(system, { shortBalance: 'wait' });
    community += ' 乙';
    const waits = await givenDraft(1);
    const [other = ''] = waits.unitIds;
    await givenBalance(system, { unitId: other, amountFen: 100_00 });
    await publish(waits.runId);
    await givenPrepaymentSetting(system, { shortBalance: 'part' });
    expect(await openOf(other)).toEqual([254_70]);
    expect(await balanceFenOf(system, other)).toBe(100_00);
    await expectBooksHold();
  });

  test('settles an older open bill first', async () => {
    const { runId, unitIds } = await givenDraft(1);
    const [unitId = ''] = unitIds;
    await givenBills(system, { unitId, amountsFen: [200_00], month: '2026-09-01' });
    await givenBalance(system, { unitId, amountFen: 250_00 });
    await publish(runId);
    expect(await openOf(unitId)).toEqual([204_70]);
    await expectBooksHold();
  });

  test('leaves alone an older bill that somebody is paying at this moment', async () => {
    const { runId, unitIds } = await givenDraft(1);
    const [unitId = ''] = unitIds;
    const { bills } = await givenBills(system, {
      unitId,
      amountsFen: [200_00],
      month: '2026-09-01',
    });
    const billIds = bills.map(({ id }) => id);
    const now = system.clock.now();
    await inTransaction(system.companyId, (tx) =>
      holdBills(tx, { paymentId: newId(now), billIds, heldAt: now, leaseUntil: now }),
    );
    await givenBalance(system, { unitId, amountFen: 250_00 });
    await publish(runId);
    expect(await openOf(unitId)).toEqual([200_00, 4_70]);
    await expectBooksHold();
  });

  test('takes nothing where the home switched it off, and nothing for a deposit', async () => {
    const off = await givenDraft(1);
    const [unitId = ''] = off.unitIds;
    await givenBalance(system, { unitId, amountFen: 300_00 });
    await inTransaction(system.companyId, (tx) =>
      setUsesItself(tx, { unitId, communityId: off.communityId, usesItself: false }),
    );
    await publish(off.runId);
    expect(await openOf(unitId)).toEqual([254_70]);
    expect(await balanceFenOf(system, unitId)).toBe(300_00);

    community += ' 乙';
    const deposit = await givenDraft(1, 'deposit');
    const [other = ''] = deposit.unitIds;
    await givenBalance(system, { unitId: other, amountFen: 300_00 });
    await publish(deposit.runId);
    expect(await balanceFenOf(system, other)).toBe(300_00);
    await expectBooksHold();
  });

  test('32 times at once settles once', async () => {
    const { runId, unitIds } = await givenDraft(3);
    for (const unitId of unitIds) await givenBalance(system, { unitId, amountFen: 300_00 });
    await Promise.all(Array.from({ length: 32 }, () => publish(runId)));
    for (const unitId of unitIds) expect(await balanceFenOf(system, unitId)).toBe(45_30);
    await expectBooksHold();
  });

  test('while the older bills of every home are being paid: nothing is paid twice', async () => {
    const { runId, unitIds } = await givenDraft(8);
    const older = [];
    for (const unitId of unitIds) {
      const month = '2026-10-01';
      older.push(await givenBills(system, { unitId, amountsFen: [50_00, 50_00], month }));
      await givenBalance(system, { unitId, amountFen: 120_00 });
    }
    // Each pays in another order of homes, as people do.
    const pay = (bills: readonly { id: string; amountFen: number }[]) =>
      inTransaction(system.companyId, async (tx) => {
        const billIds = bills.map(({ id }) => id);
        const locked = await lockPayableBills(tx, billIds);
        const lines = locked.map(({ id, openFen }) => ({ billId: id, amountFen: openFen }));
        const paymentId = newId(system.clock.now());
        const settled = await settleBills(tx, { paymentId, lines });
        if (settled.some(({ restFen }) => restFen > 0)) throw new Error('paid twice');
        throw new Error('the payer gives up'); // Its books are not this test's.
      });
    const results = await Promise.allSettled([
      publish(runId),
      ...older.toReversed().flatMap(({ bills }) => [pay(bills), pay(bills.toReversed())]),
    ]);
    expect(results[0]?.status).toBe('fulfilled');
    for (const result of results.slice(1)) {
      expect(result).toMatchObject({ reason: { message: 'the payer gives up' } });
    }
    for (const unitId of unitIds) expect(await openOf(unitId)).toEqual([234_70]);
    await expectBooksHold();
  });
});

describe('voiding a run', () => {
  test('gives back to the balances what its bills took', async () => {
    const { runId, unitIds } = await givenDraft(2);
    for (const unitId of unitIds) await givenBalance(system, { unitId, amountFen: 100_00 });
    await publish(runId);
    await Promise.all(Array.from({ length: 8 }, () => voided(runId)));
    for (const unitId of unitIds) expect(await balanceFenOf(system, unitId)).toBe(100_00);
    expect((await billsOf(system, runId)).map(({ state, paidFen }) => [state, paidFen])).toEqual([
      ['void', 0],
      ['void', 0],
    ]);
    await expectBooksHold();
  });

  test('is refused when somebody paid besides; the balance keeps its use', async () => {
    const { runId, unitIds } = await givenDraft(1);
    const [unitId = ''] = unitIds;
    await givenBalance(system, { unitId, amountFen: 100_00 });
    await publish(runId);
    const [bill] = await billsOf(system, runId);
    await system.deps.jobsDb.global.run(sql`
      update billing.bill set paid_fen = paid_fen + 1 where id = ${bill?.id}`);
    await expect(voided(runId)).rejects.toMatchObject({ code: 'RUN_BILLS_PAID' });
    await system.deps.jobsDb.global.run(sql`
      update billing.bill set paid_fen = paid_fen - 1 where id = ${bill?.id}`);
    expect(await balanceFenOf(system, unitId)).toBe(0);
    await expectBooksHold();
  });
});

test('10,000 homes with balances are published in one pass, to the fen', async () => {
  const first = await givenUnit(system, { community });
  const { communityId, buildingId } = first;
  const at = system.clock.now();
  const homes = 9_999;
  await system.deps.jobsDb.global.run(sql`
    insert into estate.unit (company_id, id, community_id, building_id, entrance, floor, door_no,
      kind, label, sort_key, created_at, updated_at)
    select ${system.companyId}, md5('home ' || n)::uuid, ${communityId}, ${buildingId}, '', '',
      'B' || n, 'home', 'B' || n, 'B' || lpad(n::text, 6, '0'), ${at}, ${at}
    from generate_series(1, ${homes}) as n`);
  // One bill as a run makes it, and its like for every other home.
  const { runId, bills } = await givenBills(system, {
    unitId: first.unitId,
    amountsFen: [100_00],
  });
  await system.deps.jobsDb.global.run(sql`
    insert into billing.bill (company_id, id, run_id, community_id, unit_id, fee_item_id,
      tariff_id, month, period_start, period_end, due_on, amount_fen, price, surcharge, months,
      rounding)
    select b.company_id, md5('bill ' || unit.id)::uuid, b.run_id, b.community_id, unit.id,
      b.fee_item_id, b.tariff_id, b.month, b.period_start, b.period_end, b.due_on, b.amount_fen,
      b.price, b.surcharge, b.months, b.rounding
    from billing.bill as b
    join estate.unit as unit on unit.community_id = b.community_id and unit.id <> b.unit_id
    where b.id = ${bills[0]?.id}`);
  await system.deps.jobsDb.global.run(sql`
    update billing.bill_run set state = 'draft', published_at = null where id = ${runId}`);
  await givenBalance(system, { unitId: first.unitId, amountFen: 60_00 });
  await system.deps.jobsDb.global.run(sql`
    insert into prepayment.balance (company_id, id, community_id, balance_fen, changed_at)
    select company_id, id, community_id, 150_00, ${at} from estate.unit
    where community_id = ${communityId} and id <> ${first.unitId}`);
  await analyze(system.urls.owner);
  const startedAt = performance.now();
  await publish(runId);
  const seconds = (performance.now() - startedAt) / 1000;
  const figures = await system.deps.jobsDb.global.one(sql<Record<string, number>>`
    select (select count(*) from prepayment.movement as m join billing.bill as b on b.id = m.bill_id
        where b.run_id = ${runId}) as uses,
      (select sum(balance_fen) from prepayment.balance where community_id = ${communityId})::bigint
        as left,
      (select sum(paid_fen) from billing.bill where run_id = ${runId})::bigint as paid,
      (select count(*) from ledger.pub_transfer where source_id = ${runId}
        and kind = 'prepayment.use') as transfers`);
  expect(figures).toEqual({
    uses: homes + 1,
    left: homes * 50_00,
    paid: homes * 100_00 + 60_00,
    transfers: 1,
  });
  expect(seconds).toBeLessThan(20);
}, 120_000);

/** As autovacuum does after a bulk load. */
async function analyze(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('analyze');
  await client.end();
}
