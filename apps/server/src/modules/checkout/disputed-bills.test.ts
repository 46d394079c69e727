import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FeedbackWorld, feedbackWorld } from '../../../test/feedback-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { givenResident } from '../../../test/resident-builders.ts';
import { createLimiter } from '../cashier/index.ts';
import { roomCodeOf } from '../estate/index.ts';
import { answerDispute, openTicket, withdrawTicket } from '../feedback/index.ts';
import type { CheckoutDeps } from './deps.ts';
import { explainBill, showOpenBills } from './use-cases/show-open-bills.ts';

let system: TestSystem;
let world: FeedbackWorld;
let keys = 0;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());
beforeEach(async () => {
  world = await feedbackWorld(system);
});

/** What is read needs no door. */
const deps = () => ({ ...system.deps, doors: {} as CheckoutDeps['doors'] });
const billId = () => world.unit.bills[0]?.id ?? '';

async function disputed(): Promise<string> {
  keys += 1;
  const { ticketId } = await openTicket(system.deps, {
    ...{ companyId: world.companyId, source: 'app' },
    opener: { kind: 'resident', actor: world.resident.actor },
    idempotencyKey: `disputed-${keys}`,
    unitId: world.unit.unitId,
    billId: billId(),
    text: '面积不对',
    photoIds: [],
  });
  return ticketId;
}

const seenBy = async (actor = world.resident.actor, more: { code?: string } = {}) => {
  const guessing = createLimiter(system.clock, { limit: 30, windowMs: 60_000 });
  const { homes } = await showOpenBills(deps(), guessing, { actor, ...more });
  return homes[0]?.bills.find(({ id }) => id === billId())?.dispute;
};

async function family() {
  const { companyId, unit } = world;
  return (await givenResident(system, { companyId, unitIds: [unit.unitId] })).actor;
}

test('a disputed bill says so to the home, and leads who asked to the ticket', async () => {
  expect(await seenBy()).toBeNull();
  const ticketId = await disputed();
  expect(await seenBy()).toMatchObject({ state: 'open', ticketId, answerText: null });
  expect(await seenBy(await family())).toMatchObject({ state: 'open', ticketId: null });
});

test('a visitor who scanned the home’s code hears nothing of a dispute', async () => {
  await disputed();
  const { companyId, unit } = world;
  const code = await system.deps.db.transaction(companyId, (tx) =>
    roomCodeOf(system.deps, tx, unit.unitId),
  );
  const { actor } = await givenResident(system, { companyId });
  expect(await seenBy(actor, { code })).toBeNull();
  expect(await seenBy(await family(), { code })).toMatchObject({ state: 'open' });
});

test('the bill tells how it was answered; the words are for who asked', async () => {
  const ticketId = await disputed();
  await answerDispute(system.deps, {
    ...{ actor: world.staff, ticketId, idempotencyKey: 'answer-1', answer: 'explanation' },
    text: '按产权证面积计',
  });
  const bill = { billId: billId() };
  const own = await explainBill(deps(), { actor: world.resident.actor, ...bill });
  const answer = { state: 'answered', answer: 'explanation' };
  expect(own.dispute).toMatchObject({ ...answer, answerText: '按产权证面积计', ticketId });
  const theirs = await explainBill(deps(), { actor: await family(), ...bill });
  expect(theirs.dispute).toMatchObject({ ...answer, answerText: null, ticketId: null });
});

test('a withdrawn dispute leaves nothing on the bill', async () => {
  const ticketId = await disputed();
  const reporter = { kind: 'resident', actor: world.resident.actor } as const;
  await withdrawTicket(system.deps, { reporter, ticketId });
  expect(await seenBy()).toBeNull();
});
