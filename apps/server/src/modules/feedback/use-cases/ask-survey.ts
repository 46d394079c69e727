import { createHash } from 'node:crypto';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { homesOf } from '../../resident/index.ts';
import { feedbackErrors } from '../errors.ts';
import { surveyGapMs, surveyWithinMs } from '../limits.ts';
import { settingsOf } from '../queries/settings.ts';
import { isElder, type PaidPayment, paidPayment } from '../queries/survey.ts';
import {
  type Asked,
  type AskedOne,
  answerRow,
  askedBefore,
  insertSurvey,
  takeTurn,
} from '../store/survey-store.ts';

type SurveyDeps = Pick<Deps, 'db' | 'clock'>;

/** Who is asked: somebody signed in, or whoever paid by a room code. */
export type Payer =
  | { readonly kind: 'resident'; readonly actor: ResidentActor }
  | { readonly kind: 'payer'; readonly companyId: string; readonly payerKey: string };

/**
 * Whether to ask how this payment went. Only once it is paid, for a share of payments that the
 * payment itself decides, at most once in 90 days, and never in the elders' view. The same payment
 * gets the same answer until it is answered.
 */
export async function askSurvey(
  deps: SurveyDeps,
  input: { readonly payer: Payer; readonly paymentId: string; readonly isElder: boolean },
): Promise<{ satisfactionId: string | null }> {
  const { payer, paymentId } = input;
  const nobody = { satisfactionId: null };
  if (input.isElder) return nobody;
  return await deps.db.transaction(companyOf(payer), async (tx) => {
    const at = deps.clock.now();
    const payment = await paidPayment(tx, paymentId);
    if (!payment || at.getTime() - payment.paidAt.getTime() > surveyWithinMs) return nobody;
    if (!(await isTheirs(tx, payer, payment))) return nobody;
    const id = surveyIdOf(tx.companyId, paymentId);
    const before = await askedBefore(tx, id);
    if (before) {
      const isOpen = isAsked(before, payer) && before.answeredAt === null;
      return isOpen ? { satisfactionId: id } : nobody;
    }
    const { satisfactionPercent } = await settingsOf(tx);
    if (lotOf(paymentId) >= satisfactionPercent) return nobody;
    if (payer.kind === 'resident' && (await isElder(tx, payer.actor.id))) return nobody;
    const since = new Date(at.getTime() - surveyGapMs);
    if (!(await takeTurn(tx, { id: turnIdOf(tx.companyId, payer), at, since }))) return nobody;
    const { communityId } = payment;
    await insertSurvey(tx, { id, ...askedOf(payer), paymentId, communityId, askedAt: at });
    return { satisfactionId: id };
  });
}

/** 0 to 99, the same whenever it is asked. */
export function lotOf(paymentId: string): number {
  return createHash('sha256').update(paymentId).digest().readUInt32BE(0) % 100;
}

export function surveyIdOf(companyId: string, paymentId: string): string {
  return derivedId(companyId, 'feedback.survey', paymentId);
}

/**
 * The first score stays, and so do the first words, which may come a moment after it.
 * @throws SURVEY_NOT_FOUND, also for a question to somebody else
 */
export async function answerSurvey(
  deps: SurveyDeps,
  input: {
    readonly payer: Payer;
    readonly satisfactionId: string;
    readonly score: number | null;
    readonly text: string;
  },
): Promise<{ isThanked: boolean }> {
  const { payer, satisfactionId: id, score } = input;
  return await deps.db.transaction(companyOf(payer), async (tx) => {
    const before = await askedBefore(tx, id);
    if (!before || !isAsked(before, payer)) throw feedbackErrors.SURVEY_NOT_FOUND();
    await answerRow(tx, { id, score, text: input.text.trim(), at: deps.clock.now() });
    return { isThanked: true };
  });
}

function companyOf(payer: Payer): string {
  return payer.kind === 'resident' ? payer.actor.companyId : payer.companyId;
}

async function isTheirs(tx: Tx, payer: Payer, payment: PaidPayment): Promise<boolean> {
  if (payer.kind === 'payer') return payer.payerKey === payment.payerKey;
  const homes = await homesOf(tx, payer.actor.id);
  return homes.some(({ unitId }) => unitId === payment.unitId);
}

function askedOf(payer: Payer): AskedOne {
  return payer.kind === 'resident'
    ? { accountId: payer.actor.id, payerKey: null }
    : { accountId: null, payerKey: payer.payerKey };
}

export function isAsked(asked: Asked, payer: Payer): boolean {
  const { accountId, payerKey } = askedOf(payer);
  return asked.accountId === accountId && asked.payerKey === payerKey;
}

/** Two payments of one person at once ask once. */
function turnIdOf(companyId: string, payer: Payer): string {
  if (payer.kind === 'resident') return payer.actor.id;
  return derivedId(companyId, 'feedback.survey-payer', payer.payerKey);
}
