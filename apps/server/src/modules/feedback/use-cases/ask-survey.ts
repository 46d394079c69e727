import { createHash } from 'node:crypto';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { homesOf } from '../../resident/index.ts';
import { feedbackErrors } from '../errors.ts';
import { surveyGapMs, surveyWithinMs } from '../limits.ts';
import { settingsOf } from '../queries/settings.ts';
import { isElder, paidPayment } from '../queries/survey.ts';
import { answerRow, askedBefore, insertSurvey, takeTurn } from '../store/survey-store.ts';

type SurveyDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * Whether to ask how this payment went. Only once it is paid, for a share of payments that the
 * payment itself decides, at most once in 90 days, and never in the elders' view. The same payment
 * gets the same answer until it is answered.
 */
export async function askSurvey(
  deps: SurveyDeps,
  input: { readonly actor: ResidentActor; readonly paymentId: string; readonly isElder: boolean },
): Promise<{ satisfactionId: string | null }> {
  const { actor, paymentId } = input;
  const nobody = { satisfactionId: null };
  if (input.isElder) return nobody;
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const at = deps.clock.now();
    const payment = await paidPayment(tx, paymentId);
    if (!payment || at.getTime() - payment.paidAt.getTime() > surveyWithinMs) return nobody;
    const homes = await homesOf(tx, actor.id);
    if (!homes.some(({ unitId }) => unitId === payment.unitId)) return nobody;
    const id = derivedId(tx.companyId, 'feedback.survey', paymentId);
    const before = await askedBefore(tx, id);
    if (before) {
      const isOpen = before.accountId === actor.id && before.answeredAt === null;
      return isOpen ? { satisfactionId: id } : nobody;
    }
    const { satisfactionPercent } = await settingsOf(tx);
    if (lotOf(paymentId) >= satisfactionPercent) return nobody;
    if (await isElder(tx, actor.id)) return nobody;
    const since = new Date(at.getTime() - surveyGapMs);
    if (!(await takeTurn(tx, { accountId: actor.id, at, since }))) return nobody;
    const { communityId } = payment;
    await insertSurvey(tx, { id, accountId: actor.id, paymentId, communityId, askedAt: at });
    return { satisfactionId: id };
  });
}

/** 0 to 99, the same whenever it is asked. */
export function lotOf(paymentId: string): number {
  return createHash('sha256').update(paymentId).digest().readUInt32BE(0) % 100;
}

/** The first answer stays. @throws SURVEY_NOT_FOUND, also for a question to somebody else */
export async function answerSurvey(
  deps: SurveyDeps,
  input: {
    readonly actor: ResidentActor;
    readonly satisfactionId: string;
    readonly score: number | null;
    readonly text: string;
  },
): Promise<{ isThanked: boolean }> {
  const { actor, satisfactionId: id, score } = input;
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const before = await askedBefore(tx, id);
    if (before?.accountId !== actor.id) throw feedbackErrors.SURVEY_NOT_FOUND();
    await answerRow(tx, { id, score, text: input.text.trim(), at: deps.clock.now() });
    return { isThanked: true };
  });
}
