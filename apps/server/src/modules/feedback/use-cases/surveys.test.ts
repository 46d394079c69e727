import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenBills } from '../../../../test/billing-builders.ts';
import { type FeedbackWorld, feedbackWorld } from '../../../../test/feedback-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { fakeChannel } from '../../../../test/payment-builders.ts';
import { givenResident } from '../../../../test/resident-builders.ts';
import { sql } from '../../../platform/database/index.ts';
import { takeDeskPayment } from '../../payment/index.ts';
import { defaultSettings } from '../domain/settings.ts';
import { builtInId } from '../queries/categories.ts';
import { digestOf } from '../queries/digests.ts';
import { surveyResults } from '../queries/survey.ts';
import { answerSurvey, askSurvey, lotOf } from './ask-survey.ts';
import { changeSettings } from './edit-settings.ts';
import { makeDigests } from './make-digests.ts';
import { openForResident } from './resident-tickets.ts';

let system: TestSystem;
let world: FeedbackWorld;
let keys = 0;
beforeAll(async () => {
  system = await givenSystem({ at: '2026-11-18T02:00:00Z' });
});
afterAll(() => system.close());
beforeEach(async () => {
  system.clock.set('2026-11-18T02:00:00Z');
  world = await feedbackWorld(system);
  await settings({ satisfactionPercent: 100 });
});

function settings(change: object) {
  return changeSettings(system.deps, { actor: world.staff, ...defaultSettings, ...change });
}

/** A payment that is complete, of the resident's home unless said otherwise. */
async function paid(unitId = world.unit.unitId): Promise<string> {
  const { companyId, staff: actor } = world;
  const feeItemName = `费${(keys += 1)}`;
  const unit = await givenBills(system, { companyId, unitId, amountsFen: [10_00], feeItemName });
  const { paymentId } = await takeDeskPayment(
    { ...system.deps, channels: fakeChannel(system, companyId) },
    {
      actor,
      unitId,
      billIds: [unit.bills[0]?.id ?? ''],
      method: 'cash',
      amountFen: 10_00,
      idempotencyKey: `survey-pay-${keys}`,
    },
  );
  return paymentId;
}

const ask = (paymentId: string, { actor = world.resident.actor, isElder = false } = {}) =>
  askSurvey(system.deps, { payer: { kind: 'resident', actor }, isElder, paymentId });

describe('how paying went is asked', () => {
  test('after a payment, the same one again, and another one not for 90 days', async () => {
    const first = await paid();
    const { satisfactionId } = await ask(first);
    expect(satisfactionId).not.toBeNull();
    expect(await ask(first)).toEqual({ satisfactionId });
    expect(await ask(await paid())).toEqual({ satisfactionId: null });
    system.clock.advance(89 * 86_400_000);
    expect(await ask(await paid())).toEqual({ satisfactionId: null });
    system.clock.advance(86_400_000);
    expect((await ask(await paid())).satisfactionId).not.toBeNull();
  });

  test('about one of thirty-two payments that end at once', async () => {
    const payments = [];
    for (let count = 0; count < 8; count += 1) payments.push(await paid());
    const asked = await Promise.all(
      [...payments, ...payments, ...payments, ...payments].map((id) => ask(id)),
    );
    const ids = new Set(asked.map(({ satisfactionId }) => satisfactionId).filter(Boolean));
    expect(ids.size).toBe(1);
  });

  test('never in the elders’ view, whether the screen or the account says so', async () => {
    const paymentId = await paid();
    expect(await ask(paymentId, { isElder: true })).toEqual({ satisfactionId: null });
    await system.deps.jobsDb.global.run(sql`
      update resident.account set is_elder = true where id = ${world.resident.accountId}`);
    expect(await ask(paymentId)).toEqual({ satisfactionId: null });
  });

  test('not before it is paid, not about another’s, not days later', async () => {
    expect(await ask('00000000-0000-7000-8000-000000000000')).toEqual({ satisfactionId: null });
    const other = await givenBills(system, { companyId: world.companyId, amountsFen: [1_00] });
    expect(await ask(await paid(other.unitId))).toEqual({ satisfactionId: null });
    const old = await paid();
    system.clock.advance(3 * 86_400_000);
    expect(await ask(old)).toEqual({ satisfactionId: null });
  });

  test('for the share of payments that the company wants, decided by the payment', async () => {
    await settings({ satisfactionPercent: 0 });
    expect(await ask(await paid())).toEqual({ satisfactionId: null });
    const lots = Array.from({ length: 4000 }, (_, index) => lotOf(`payment-${index}`));
    const share = lots.filter((lot) => lot < 20).length / lots.length;
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.23);
  });

  test('the first answer stays, and only who was asked gives it', async () => {
    const { satisfactionId } = await ask(await paid());
    const answer = (score: number, actor = world.resident.actor) =>
      answerSurvey(system.deps, {
        payer: { kind: 'resident', actor },
        satisfactionId: satisfactionId ?? '',
        score,
        text: '很方便',
      });
    const { companyId, unit } = world;
    const family = await givenResident(system, { companyId, unitIds: [unit.unitId] });
    await expect(answer(1, family.actor)).rejects.toThrow(/SURVEY_NOT_FOUND/);
    await Promise.all([answer(4), answer(4)]);
    await answer(1);
    const month = { from: '2026-11-01', to: '2026-11-01' };
    const { items, comments } = await surveyResults(system.deps, { companyId, ...month });
    expect(items).toMatchObject([
      { asked: 1, answered: 1, averageHundredths: 400, scores: [0, 0, 0, 1, 0] },
    ]);
    expect(comments).toMatchObject([{ score: 4, text: '很方便' }]);
  });
});

describe('the digest of a week', () => {
  const digest = (weekStart: string) =>
    system.deps.db.read(world.companyId, (tx) => digestOf(tx, weekStart));

  test('is made once on Monday by however many workers, and mailed once to each', async () => {
    await settings({ digestEmails: ['boss@example.com', 'desk@example.com'] });
    for (const text of ['电梯坏了', '电梯又坏了', '门禁打不开']) {
      await openForResident(system.deps, {
        actor: world.resident.actor,
        idempotencyKey: `digest-key-${(keys += 1)}`,
        unitId: world.unit.unitId,
        categoryId: builtInId(world.companyId, 'repair'),
        text,
        photoIds: [],
      });
    }
    await paid();
    await makeDigests(system.deps);
    expect(await digest('2026-11-16')).toBeUndefined();
    system.clock.set('2026-11-22T16:30:00Z');
    await Promise.all(Array.from({ length: 6 }, () => makeDigests(system.deps)));
    await makeDigests(system.deps);
    expect(await digest('2026-11-16')).toMatchObject({
      weekEnd: '2026-11-22',
      tickets: { opened: 3, openedBefore: 0, resolved: 0, overdue: 3 },
      categories: [{ label: { zh: '报修' }, count: 3 }],
      words: [{ word: '电梯', count: 2 }],
      payments: [{ surface: { zh: '前台' }, started: 1, paid: 1, left: 0 }],
    });
    const mails = await system.deps.jobsDb.global.many(sql`
      select id from messaging.message
      where company_id = ${world.companyId} and template_key = 'feedback.digest'`);
    // One mail to each; the week before, in which nothing happened, has no digest.
    expect(mails).toHaveLength(2);
  });
});
