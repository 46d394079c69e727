import type { Deps } from '../../../platform/deps.ts';
import type { Look, Markup } from '../../cashier/index.ts';
import { wordsAfterMs } from '../limits.ts';
import { surveyCard } from '../page/survey-card.ts';
import { askedBefore } from '../store/survey-store.ts';
import { askSurvey, isAsked, surveyIdOf } from './ask-survey.ts';

export interface PaidByCode {
  readonly companyId: string;
  readonly paymentId: string;
  readonly payerKey: string;
  /** `/q/<code>/payments/<id>` */
  readonly path: string;
}

/** The question on the receipt of a room code; after the score, for a while, room for words. */
export async function questionAfter(
  deps: Pick<Deps, 'db' | 'clock'>,
  { companyId, paymentId, payerKey, path }: PaidByCode,
  look: Look,
): Promise<Markup | undefined> {
  const payer = { kind: 'payer', companyId, payerKey } as const;
  const asked = await deps.db.read(companyId, (tx) =>
    askedBefore(tx, surveyIdOf(companyId, paymentId)),
  );
  if (asked?.answeredAt && isAsked(asked, payer)) {
    const isFresh = deps.clock.now().getTime() - asked.answeredAt.getTime() < wordsAfterMs;
    const hasRoom = asked.score !== null && !asked.hasText && isFresh;
    return hasRoom ? surveyCard({ path, step: 'words' }, look) : undefined;
  }
  const { satisfactionId } = await askSurvey(deps, { payer, paymentId, isElder: look.isLarge });
  return satisfactionId === null ? undefined : surveyCard({ path, step: 'score' }, look);
}
