import type { Clock } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { publishAll } from '../../../platform/outbox/index.ts';
import { checkAt, retryAt, troubleMs } from '../domain/retry.ts';
import type { MessagingDeps } from '../open-account.ts';
import type { Answer } from '../sending.ts';
import {
  type AttemptEnd,
  clearTrouble,
  endAttempts,
  type MessageStep,
  markTrouble,
  type Stepped,
  stepMessages,
  triesOf,
} from '../store/answer-store.ts';

/**
 * Writes what came of attempts, and takes their messages on, in one transaction.
 * @param next when a message that needs another attempt is due for a worker, if not at once
 */
export async function recordAnswers(
  { db, clock, checkpoint }: MessagingDeps,
  companyId: string,
  answers: readonly Answer[],
  next?: { readonly dueAt: Date },
): Promise<void> {
  await db.transaction(companyId, async (tx) => {
    const now = clock.now();
    // Messages first and in key order: a second worker that takes them on waits here.
    const tries = await triesOf(tx, answers.map(({ messageId }) => messageId).sort());
    const judged = answers.map((answer) => judge(answer, tries.get(answer.messageId) ?? 0, now));
    const counted = await endAttempts(
      tx,
      judged.map(({ end }) => end),
      now,
    );
    const own = judged.filter(({ end }) => counted.has(end.attemptId));
    const steps = own.map(({ step }) =>
      step.state === 'queued' && next ? { ...step, dueAt: next.dueAt } : step,
    );
    const stepped = await stepMessages(tx, steps, now);
    await noteAccounts(tx, answers, now);
    const accepted = new Set(
      own.filter(({ step }) => step.state === 'accepted').map(({ step }) => step.id),
    );
    await tell(
      tx,
      clock,
      'accepted',
      stepped.filter(({ id }) => accepted.has(id)),
    );
  });
  checkpoint('messaging.recorded');
}

interface Judged {
  readonly end: AttemptEnd;
  readonly step: MessageStep;
}

function judge(answer: Answer, tries: number, now: Date): Judged {
  const { outcome, attemptId, messageId: id, startedAt } = answer;
  const nothing = { refusal: null, code: null, detail: null, providerNo: null };
  const again = { id, state: 'queued', dueAt: now, checkAt: null, tries: 0 } as const;
  switch (outcome.kind) {
    case 'accepted':
      return {
        end: { ...nothing, attemptId, state: 'accepted', providerNo: outcome.providerNo },
        step: { id, state: 'accepted', dueAt: null, checkAt: null, tries: null },
      };
    case 'absent':
      return {
        end: { ...nothing, attemptId, state: 'absent' },
        step: { ...again, tries: null },
      };
    case 'unknown':
      return {
        end: { ...nothing, ...said(outcome), attemptId, state: 'uncertain' },
        step: {
          ...{ id, state: 'uncertain', dueAt: null, tries: null },
          checkAt: checkAt(now, startedAt),
        },
      };
    case 'refused':
      return {
        end: { ...nothing, ...said(outcome), attemptId, state: 'refused', refusal: outcome.scope },
        step: again,
      };
    case 'later': {
      const dueAt = retryAt(now, tries);
      const end = { ...nothing, ...said(outcome), attemptId, state: 'refused' } as const;
      // Enough: another account or route has to bring it.
      if (!dueAt) return { end: { ...end, refusal: 'recipient' }, step: again };
      return { end: { ...end, refusal: 'later' }, step: { ...again, dueAt, tries: tries + 1 } };
    }
  }
}

const longestCode = 80;
const longestDetail = 300;

/** Kept for people to read; it holds no address. */
function said({ code, detail }: { code: string; detail: string }) {
  return {
    code: code.slice(0, longestCode),
    detail: detail.slice(0, longestDetail).replace(/\d{7,}/g, (run) => `${run.slice(0, 3)}****`),
  };
}

async function noteAccounts(tx: Tx, answers: readonly Answer[], now: Date): Promise<void> {
  const troubles = new Map<string, string>();
  for (const { accountId, outcome } of answers) {
    if (outcome.kind === 'refused' && outcome.scope === 'account') {
      troubles.set(accountId, outcome.code.slice(0, longestCode));
    }
  }
  const until = new Date(now.getTime() + troubleMs);
  for (const [accountId, code] of [...troubles].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await markTrouble(tx, { accountId, code, at: now, until });
  }
  const well = answers.filter(
    ({ accountId, outcome }) => outcome.kind === 'accepted' && !troubles.has(accountId),
  );
  const ids = [...new Set(well.map(({ accountId }) => accountId))];
  if (ids.length > 0) await clearTrouble(tx, ids, now);
}

/** News for whoever asked for the messages. */
export async function tell(
  tx: Tx,
  clock: Clock,
  what: 'accepted' | 'delivered' | 'failed',
  messages: readonly Stepped[],
): Promise<void> {
  await publishAll(
    tx,
    clock,
    messages.map(({ id, purpose, subjectId, via }) => ({
      topic: `messaging.${what}`,
      payload: { messageId: id, purpose, subjectId, via },
    })),
  );
}
