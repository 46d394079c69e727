import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { booksOf, givenBills } from '../../../../test/billing-builders.ts';
import { type FeedbackWorld, feedbackWorld } from '../../../../test/feedback-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { givenResident } from '../../../../test/resident-builders.ts';
import { sql } from '../../../platform/database/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { dispatchDue } from '../../../platform/outbox/index.ts';
import { decideAdjustment, holdBills, settleBills } from '../../billing/index.ts';
import { feedbackListeners } from '../jobs.ts';
import { ticketDetail } from '../queries/ticket-detail.ts';
import { answerDispute, type DisputeReply } from './answer-dispute.ts';
import { replyToTicket } from './answer-ticket.ts';
import { withdrawTicket } from './rate-ticket.ts';
import { openForResident, showHomeDisputes } from './resident-tickets.ts';
import { setTicketState } from './work-on-ticket.ts';

let system: TestSystem;
let world: FeedbackWorld;
let keys = 0;
beforeAll(async () => {
  system = await givenSystem({ at: '2026-11-24T02:00:00Z' });
});
afterAll(() => system.close());
beforeEach(async () => {
  world = await feedbackWorld(system, [120_00, 300_00]);
});

const nextKey = () => `dispute-key-${(keys += 1)}`;
const billId = (index = 0) => world.unit.bills[index]?.id ?? '';

async function disputed(index = 0, actor = world.resident.actor): Promise<string> {
  const { ticketId } = await openForResident(system.deps, {
    actor,
    idempotencyKey: nextKey(),
    unitId: world.unit.unitId,
    billId: billId(index),
    text: '面积不对，应为 80 平',
    photoIds: [],
  });
  return ticketId;
}

function answer(ticketId: string, change: Partial<DisputeReply> = {}) {
  const reply = { answer: 'explanation' as const, text: '以产权证面积计费' };
  const by = { actor: world.staff, ticketId, idempotencyKey: nextKey() };
  return answerDispute(system.deps, { ...by, ...reply, ...change });
}

/** What reminders, autopay and checkout read. */
function openDisputes(companyId = world.companyId) {
  return system.deps.db.read(companyId, (tx) =>
    tx.many(sql<{ billId: string }>`
      select bill_id as "billId" from feedback.pub_dispute
      where company_id = ${companyId} and state = 'open'`),
  );
}

async function billNow(index = 0) {
  return await system.deps.db.read(world.companyId, (tx) =>
    tx.one(sql<{ waivedFen: number; state: string }>`
      select waived_fen as "waivedFen", state from billing.pub_bill
      where company_id = ${world.companyId} and id = ${billId(index)}`),
  );
}

const shown = (ticketId: string) => ticketDetail(system.deps, { ...world.staff, ticketId });

async function deliver(): Promise<void> {
  const { jobsDb: db, clock } = system.deps;
  const listeners = new Map(
    feedbackListeners(system.deps).map(([topic, listener]) => [topic, [listener]]),
  );
  while ((await dispatchDue({ db, clock, log: silentLog, listeners })) > 0);
}

describe('a resident disputes one bill', () => {
  test('and only that one is kept out of reminders and autopay', async () => {
    await disputed();
    expect(await openDisputes()).toEqual([{ billId: billId() }]);
    const strangers = await feedbackWorld(system);
    expect(await openDisputes(strangers.companyId)).toEqual([]);
  });

  test('thirty-two people at once open one dispute', async () => {
    const { companyId, unit } = world;
    const people = await Promise.all(
      Array.from({ length: 32 }, () =>
        givenResident(system, { companyId, unitIds: [unit.unitId] }),
      ),
    );
    const outcomes = await Promise.allSettled(people.map(({ actor }) => disputed(0, actor)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await openDisputes()).toHaveLength(1);
  });

  test('of another home, of another company, or a paid one: refused', async () => {
    const other = await givenBills(system, { companyId: world.companyId, amountsFen: [1_00] });
    const mine = world.unit;
    world = { ...world, unit: { ...other, unitId: mine.unitId } };
    await expect(disputed()).rejects.toThrow(/TICKET_PLACE_UNKNOWN/);
    world = { ...world, unit: mine };
    await pay(0, 120_00);
    await expect(disputed()).rejects.toThrow(/DISPUTE_NOTHING_OPEN/);
  });

  test('the family sees that it is disputed, but not what was written', async () => {
    const ticketId = await disputed();
    const { companyId, unit } = world;
    const family = await givenResident(system, { companyId, unitIds: [unit.unitId] });
    const seen = async (actor: typeof family.actor) =>
      (await showHomeDisputes(system.deps, { actor, unitId: unit.unitId })).items;
    expect(await seen(family.actor)).toMatchObject([{ billId: billId(), ticketId: null }]);
    expect(await seen(world.resident.actor)).toMatchObject([{ ticketId }]);
  });

  test('a third time is refused: two answers are final', async () => {
    for (const _ of [1, 2]) await answer(await disputed());
    await expect(disputed()).rejects.toThrow(/DISPUTE_AGAIN/);
    expect(await openDisputes()).toEqual([]);
  });
});

function pay(index: number, amountFen: number) {
  const lines = [{ billId: billId(index), amountFen: amountFen as never }];
  const paymentId = '00000000-0000-4000-8000-000000000001';
  return system.deps.db.transaction(world.companyId, (tx) => settleBills(tx, { paymentId, lines }));
}

describe('it is answered', () => {
  test('by an explanation: the bill stands, and is open to reminders again', async () => {
    const ticketId = await disputed();
    await answer(ticketId);
    expect(await openDisputes()).toEqual([]);
    expect(await billNow()).toMatchObject({ waivedFen: 0, state: 'issued' });
    expect(await shown(ticketId)).toMatchObject({
      state: 'resolved',
      dispute: { state: 'answered', answer: 'explanation', answerText: '以产权证面积计费' },
    });
  });

  test('by an adjustment below the limit: bill, books and dispute change once', async () => {
    const ticketId = await disputed();
    const change = {
      answer: 'adjustment' as const,
      amountFen: 20_00,
      idempotencyKey: 'same-answer',
    };
    await Promise.all(Array.from({ length: 32 }, () => answer(ticketId, change)));
    expect(await billNow()).toMatchObject({ waivedFen: 20_00 });
    const { open, receivable } = await booksOf(system, world.companyId);
    expect(receivable).toEqual(open);
    await expect(answer(ticketId)).rejects.toThrow(/DISPUTE_ANSWERED/);
  });

  test('two colleagues at once with two answers: one counts', async () => {
    const ticketId = await disputed();
    const outcomes = await Promise.allSettled([
      answer(ticketId, { answer: 'adjustment', amountFen: 20_00 }),
      answer(ticketId, { answer: 'adjustment', amountFen: 30_00, actor: world.colleague }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect([20_00, 30_00]).toContain((await billNow()).waivedFen);
  });

  test('above the limit: open until another person agrees, then it answers itself', async () => {
    const ticketId = await disputed(1);
    await answer(ticketId, { answer: 'adjustment', amountFen: 200_00, text: '同意减 200 元' });
    const { dispute } = await shown(ticketId);
    expect(dispute).toMatchObject({ state: 'open', answerText: null });
    expect(await openDisputes()).toHaveLength(1);
    await expect(answer(ticketId)).rejects.toThrow(/DISPUTE_WAITS/);
    const adjustmentId = dispute?.adjustmentId ?? '';
    const decision = { adjustmentId, decision: 'approve' as const };
    await decideAdjustment(system.deps, { actor: world.colleague, ...decision });
    await deliver();
    await deliver();
    expect(await shown(ticketId)).toMatchObject({
      state: 'resolved',
      dispute: { state: 'answered', answer: 'adjustment', answerText: '同意减 200 元' },
    });
    expect(await openDisputes()).toEqual([]);
  });

  test('turned down by the second person: it is open for another answer', async () => {
    const ticketId = await disputed(1);
    await answer(ticketId, { answer: 'void' });
    const adjustmentId = (await shown(ticketId)).dispute?.adjustmentId ?? '';
    const decision = { adjustmentId, decision: 'reject' as const };
    await decideAdjustment(system.deps, { actor: world.colleague, ...decision });
    await deliver();
    expect(await shown(ticketId)).toMatchObject({ dispute: { state: 'open', adjustmentId: null } });
    await answer(ticketId);
    expect(await openDisputes()).toEqual([]);
  });

  test('by a void while somebody pays: refused, and the dispute stays', async () => {
    const ticketId = await disputed();
    const paymentId = '00000000-0000-4000-8000-000000000002';
    const heldAt = system.clock.now();
    await system.deps.db.transaction(world.companyId, (tx) =>
      holdBills(tx, { paymentId, billIds: [billId()], heldAt, leaseUntil: heldAt }),
    );
    await expect(answer(ticketId, { answer: 'void' })).rejects.toThrow(/BILL_HELD/);
    expect(await openDisputes()).toHaveLength(1);
  });

  test('below what is paid: refused with how much is possible', async () => {
    const ticketId = await disputed();
    await pay(0, 100_00);
    const wish = { answer: 'adjustment' as const, amountFen: 30_00 };
    await expect(answer(ticketId, wish)).rejects.toThrow(/BELOW_PAID.*at most 20.00/);
    await answer(ticketId, { ...wish, amountFen: 20_00 });
  });

  test('payers and an adjustment at once: never more than the bill', async () => {
    const ticketId = await disputed();
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 31 }, () => pay(0, 4_00)),
      answer(ticketId, { answer: 'adjustment', amountFen: 50_00 }),
    ]);
    const bill = await system.deps.db.read(world.companyId, (tx) =>
      tx.one(sql<{ paidFen: number; waivedFen: number }>`
        select paid_fen as "paidFen", waived_fen as "waivedFen" from billing.pub_bill
        where company_id = ${world.companyId} and id = ${billId()}`),
    );
    expect(bill.paidFen + bill.waivedFen).toBeLessThanOrEqual(120_00);
    const isAdjusted = outcomes.at(-1)?.status === 'fulfilled';
    expect(bill.waivedFen).toBe(isAdjusted ? 50_00 : 0);
    expect((await openDisputes()).length).toBe(isAdjusted ? 0 : 1);
  });

  test('it cannot be resolved or closed past its dispute', async () => {
    const ticketId = await disputed();
    const close = { actor: world.staff, ticketId, action: 'close' as const };
    await expect(setTicketState(system.deps, close)).rejects.toThrow(/DISPUTE_NOT_ANSWERED/);
    const words = { text: '好了', photoIds: [], nextState: 'resolved' as const };
    const done = { actor: world.staff, ticketId, idempotencyKey: nextKey(), ...words };
    await expect(replyToTicket(system.deps, done)).rejects.toThrow(/DISPUTE_NOT_ANSWERED/);
  });

  test('withdrawn by the resident, it ends and does not count', async () => {
    const reporter = { kind: 'resident' as const, actor: world.resident.actor };
    for (const _ of [1, 2, 3]) {
      await withdrawTicket(system.deps, { reporter, ticketId: await disputed() });
    }
    expect(await openDisputes()).toEqual([]);
  });

  test('without the right to change bills only an explanation is possible', async () => {
    const ticketId = await disputed();
    const actor = { ...world.staff, permissions: new Set(['feedback.reply']) };
    const wish = { actor, answer: 'adjustment' as const, amountFen: 1_00 };
    await expect(answer(ticketId, wish)).rejects.toThrow(/FORBIDDEN/);
    await answer(ticketId, { actor });
  });
});
