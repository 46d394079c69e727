import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { billsOf, booksOf } from '../../../../test/billing-builders.ts';
import { givenAssigned, givenFee } from '../../../../test/charging-builders.ts';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { account, balanceOn } from '../../ledger/index.ts';
import { openBillsOf } from '../queries/open-bills.ts';
import { runDetail } from '../queries/run-detail.ts';
import { holdBills, lockPayableBills, releaseHolds, settleBills } from '../store/bill-store.ts';
import { discardRun } from './discard-run.ts';
import { draftRun } from './draft-run.ts';
import { publishRun } from './publish-run.ts';
import { voidRun } from './void-run.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

interface Drafted {
  readonly unitId: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly runId: string;
}

async function givenDraft(
  community: string,
  category?: 'income' | 'deposit' | 'agency',
): Promise<Drafted> {
  const unit = await givenUnit(system, { community });
  const fee = await givenFee(system, category ? { category } : {});
  await givenAssigned(system, fee, { communityId: unit.communityId });
  const { runId } = await draft(unit.communityId);
  return { unitId: unit.unitId, communityId: unit.communityId, feeItemId: fee.feeItemId, runId };
}

function draft(communityId: string) {
  const { companyId, staff: actor } = system;
  return draftRun(system.deps, { companyId, communityId, month: '2026-11-01', actor });
}

const command = (runId: string) => ({
  companyId: system.companyId,
  runId,
  actor: system.staff,
});
const publish = (runId: string) => publishRun(system.deps, command(runId));
const discard = (runId: string) => discardRun(system.deps, command(runId));
const voided = (runId: string, reason = '单价录错') =>
  voidRun(system.deps, { ...command(runId), reason });

function inTransaction<T>(work: Parameters<typeof system.deps.db.transaction<T>>[1]): Promise<T> {
  return system.deps.db.transaction(system.companyId, work);
}

async function detail(runId: string) {
  const { permissions } = system.staff;
  return await runDetail(system.deps, { companyId: system.companyId, runId, permissions });
}

async function balance(code: ReturnType<typeof account.suspense>): Promise<number> {
  return await inTransaction((tx) => balanceOn(tx, code, system.clock.now()));
}

async function expectBooksEqual(): Promise<void> {
  const { open, receivable } = await booksOf(system);
  expect(receivable).toEqual(open);
}

describe('publishing', () => {
  test('lets the owner see the bill, and posts it as receivable and revenue', async () => {
    const { unitId, communityId, feeItemId, runId } = await givenDraft('甲');
    expect(await inTransaction((tx) => openBillsOf(tx, unitId))).toEqual([]);
    await publish(runId);
    expect(await inTransaction((tx) => openBillsOf(tx, unitId))).toMatchObject([
      {
        amountFen: 254_70,
        openFen: 254_70,
        dueOn: '2026-11-25',
        heldBy: null,
        explanation: { en: '89.37 m² × 2.85 × 1 month = 254.70, half up' },
      },
    ]);
    expect(await balance(account.receivable(communityId, feeItemId))).toBe(254_70);
    expect(await balance(account.revenue(communityId, feeItemId))).toBe(254_70);
    await expectBooksEqual();
  });

  test.each(['deposit', 'agency'] as const)('a %s is not revenue', async (category) => {
    const { communityId, feeItemId, runId } = await givenDraft(`乙 ${category}`, category);
    await publish(runId);
    expect(await balance(account[category](communityId, feeItemId))).toBe(254_70);
    expect(await balance(account.revenue(communityId, feeItemId))).toBe(0);
    await expectBooksEqual();
  });

  test('ten times at once posts once and tells once', async () => {
    const { communityId, feeItemId, runId } = await givenDraft('丙');
    await Promise.all(Array.from({ length: 10 }, () => publish(runId)));
    expect(await balance(account.receivable(communityId, feeItemId))).toBe(254_70);
    const told = await system.deps.jobsDb.global.many(sql`
      select 1 from platform.outbox
      where topic = 'billing.published' and payload ->> 'runId' = ${runId}`);
    expect(told).toHaveLength(1);
    await expectBooksEqual();
  });

  test('is written down with who did it', async () => {
    const { runId } = await givenDraft('丁');
    await publish(runId);
    const entries = await system.deps.jobsDb.global.many(sql<{ action: string; actor: string }>`
      select action, actor_name as actor from platform.audit_entry
      where subject_id = ${runId} order by action`);
    expect(entries).toEqual([
      { action: 'billing.draft_run', actor: '测试员' },
      { action: 'billing.publish_run', actor: '测试员' },
    ]);
  });

  test('and discarding at once: one of them, never half of each', async () => {
    const { unitId, runId } = await givenDraft('戊');
    const [published, discarded] = await Promise.allSettled([publish(runId), discard(runId)]);
    expect([published.status, discarded.status].sort()).toEqual(['fulfilled', 'rejected']);
    const bills = await inTransaction((tx) => openBillsOf(tx, unitId));
    expect(bills).toHaveLength(published.status === 'fulfilled' ? 1 : 0);
    await expectBooksEqual();
  });
});

describe('discarding', () => {
  test('takes the bills of a draft away; the month can be drafted again', async () => {
    const { communityId, runId } = await givenDraft('己');
    expect(await discard(runId)).toBe(1);
    await expect(discard(runId)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    expect((await draft(communityId)).created).toBe(true);
  });
  test('does not touch what is published', async () => {
    const { runId } = await givenDraft('庚');
    await publish(runId);
    await expect(discard(runId)).rejects.toMatchObject({ code: 'RUN_STATE_WRONG' });
  });
});

describe('voiding', () => {
  test('reverses the posting, and the month can be billed again', async () => {
    const { unitId, communityId, feeItemId, runId } = await givenDraft('辛');
    await publish(runId);
    await voided(runId);
    await voided(runId);
    expect(await inTransaction((tx) => openBillsOf(tx, unitId))).toEqual([]);
    expect(await balance(account.receivable(communityId, feeItemId))).toBe(0);
    expect(await balance(account.revenue(communityId, feeItemId))).toBe(0);
    expect(await detail(runId)).toMatchObject({ state: 'voided', voidReason: '单价录错' });
    const again = await draft(communityId);
    await publish(again.runId);
    expect(await billsOf(system, again.runId)).toHaveLength(1);
    await expectBooksEqual();
  });

  test('is refused once somebody has paid, and says where', async () => {
    const { communityId, runId } = await givenDraft('壬');
    const [bill] = await billsOf(system, runId);
    await publish(runId);
    await inTransaction((tx) =>
      settleBills(tx, {
        paymentId: newId(system.clock.now()),
        lines: [{ billId: bill?.id ?? '', amountFen: fen(1) }],
      }),
    );
    await expect(voided(runId)).rejects.toMatchObject({ code: 'RUN_BILLS_PAID' });
    expect((await detail(runId)).allowedActions).toContainEqual({
      action: 'void',
      allowed: false,
      reason: expect.objectContaining({ zh: '已有 1 张账单收款，不能整批作废' }),
    });
    expect(communityId).toBeTruthy();
  });

  test('is refused while a payment holds a bill, and possible when it has let go', async () => {
    const { runId } = await givenDraft('癸');
    await publish(runId);
    const [bill] = await billsOf(system, runId);
    const paymentId = newId(system.clock.now());
    const billIds = [bill?.id ?? ''];
    const heldAt = system.clock.now();
    await inTransaction((tx) =>
      holdBills(tx, { paymentId, billIds, heldAt, leaseUntil: new Date(heldAt.getTime() + 1000) }),
    );
    await expect(voided(runId)).rejects.toMatchObject({ code: 'RUN_BILLS_HELD' });
    await expect(voided(runId)).rejects.toThrow(/1栋1单元/);
    await inTransaction((tx) => releaseHolds(tx, paymentId));
    await voided(runId);
    expect(await inTransaction((tx) => lockPayableBills(tx, billIds))).toEqual([]);
  });

  test('a payment that locked the bill first wins against the void', async () => {
    const { runId } = await givenDraft('子');
    await publish(runId);
    const [bill] = await billsOf(system, runId);
    const billIds = [bill?.id ?? ''];
    let attempt: Promise<unknown> = Promise.resolve();
    await inTransaction(async (tx) => {
      await lockPayableBills(tx, billIds);
      attempt = voided(runId).catch((error: unknown) => error);
      await untilSomebodyWaits();
      const heldAt = system.clock.now();
      const leaseUntil = new Date(heldAt.getTime() + 60_000);
      await holdBills(tx, { paymentId: newId(heldAt), billIds, heldAt, leaseUntil });
    });
    expect(await attempt).toMatchObject({ code: 'RUN_BILLS_HELD' });
  });

  test('a draft is discarded, not voided', async () => {
    const { runId } = await givenDraft('丑');
    await expect(voided(runId)).rejects.toMatchObject({ code: 'RUN_STATE_WRONG' });
  });
});

async function untilSomebodyWaits(): Promise<void> {
  const waiting = sql<{ count: number }>`
    select count(*) as count from pg_locks where not granted
      and pid in (select pid from pg_stat_activity where datname = current_database())`;
  while ((await system.deps.jobsDb.global.one(waiting)).count === 0) {
    await new Promise(setImmediate);
  }
}
