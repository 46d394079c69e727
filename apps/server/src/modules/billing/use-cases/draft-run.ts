import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { dayOf } from '../../../platform/clock.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { billableMonths } from '../domain/months.ts';
import { skipReasonText } from '../domain/skip-reasons.ts';
import { billingErrors } from '../errors.ts';
import { communityIsOurs, timeZoneOf } from '../queries/facts.ts';
import { skippedCounts } from '../queries/run-figures.ts';
import { countDraft, type Draft, insertDraft, prepareForBulk } from '../store/draft-store.ts';
import { markOutliers } from '../store/outlier-store.ts';
import { openDraft } from '../store/run-store.ts';

export interface DraftRun {
  readonly companyId: string;
  readonly communityId: string;
  /** First day of the month. */
  readonly month: string;
  readonly actor: Actor;
}

/**
 * Drafts the bills of a community for the periods that begin in a month. Repeating it returns the
 * draft that exists; a period that has its bill gets no second one, whoever drafts at once.
 * @returns the draft; `created` tells whether it was made now
 */
export async function draftRun(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: DraftRun,
): Promise<{ runId: string; created: boolean }> {
  try {
    return await draftOnce(deps, input, 'runs of the month');
  } catch (error) {
    if (violatedConstraint(error) !== 'bill_once_key') throw error;
  }
  try {
    return await draftOnce(deps, input, 'every bill');
  } catch (error) {
    if (violatedConstraint(error) !== 'bill_once_key') throw error;
    throw billingErrors.RUN_BILLED_MEANWHILE({ cause: error });
  }
}

function draftOnce(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: DraftRun,
  look: Draft['look'],
): Promise<{ runId: string; created: boolean }> {
  const at = deps.clock.now();
  const runId = newId(at);
  return deps.db.transaction(input.companyId, async (tx) => {
    await checkInput(tx, input, at);
    await prepareForBulk(tx);
    const opened = await openDraft(tx, {
      ...input,
      id: runId,
      createdAt: at,
      createdBy: input.actor.name,
    });
    if (opened.outcome === 'missed') throw billingErrors.RUN_BILLED_MEANWHILE();
    if (opened.outcome === 'exists') return { runId: opened.runId, created: false };
    const isNew = opened.isFirstOfMonth && look === 'runs of the month';
    const draft: Draft = {
      ...input,
      runId,
      millis: at.getTime(),
      look: isNew ? 'nowhere' : look,
    };
    await insertDraft(tx, draft);
    if ((await countDraft(tx, runId)) === 0) throw await emptyRun(tx, draft);
    await markOutliers(tx, draft);
    await audit(deps, tx, input, runId);
    return { runId, created: true };
  });
}

async function checkInput(tx: Tx, input: DraftRun, at: Date): Promise<void> {
  const [known, timeZone] = await Promise.all([
    communityIsOurs(tx, input.communityId),
    timeZoneOf(tx),
  ]);
  if (!known) throw billingErrors.RUN_COMMUNITY_NOT_FOUND();
  const { first, last } = billableMonths(dayOf(at, timeZone));
  if (input.month < first || input.month > last) {
    const values = { first: first.slice(0, 7), last: last.slice(0, 7) };
    throw billingErrors.RUN_MONTH_OUT_OF_RANGE({
      values,
      problems: [{ field: 'month', reason: `${values.first} – ${values.last}` }],
    });
  }
}

/** Says why nothing can be billed; the transaction is rolled back, so no empty run stays. */
async function emptyRun(tx: Tx, draft: Draft): Promise<Error> {
  const counts = await skippedCounts(tx, draft.runId);
  const inWords = (language: 'zh' | 'en') =>
    counts.map(({ reason, count }) => `${skipReasonText[reason][language]} × ${count}`);
  const none = { zh: '没有本月开始的收费周期', en: 'no period begins in this month' };
  return billingErrors.RUN_EMPTY({
    values: {
      month: draft.month.slice(0, 7),
      reasons: inWords('zh').join('；') || none.zh,
      reasonsEn: inWords('en').join('; ') || none.en,
    },
    problems: inWords('zh').map((reason) => ({ reason })),
  });
}

async function audit(
  deps: Pick<Deps, 'clock'>,
  tx: Tx,
  input: DraftRun,
  runId: string,
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    actor: input.actor,
    action: 'billing.draft_run',
    subjectKind: 'bill_run',
    subjectId: runId,
    detail: { communityId: input.communityId, month: input.month },
  });
}
