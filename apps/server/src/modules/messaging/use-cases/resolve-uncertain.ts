import { giveUpMs } from '../domain/retry.ts';
import type { MessagingDeps } from '../open-account.ts';
import { openOutgoing } from '../seal-content.ts';
import type { Answer, Sending } from '../sending.ts';
import {
  companiesToCheck,
  doubtLost,
  giveUp,
  takeUncertain,
  type Uncertain,
} from '../store/uncertain-store.ts';
import { recordAnswers, tell } from './record-answers.ts';
import { call } from './send-attempts.ts';

const batchSize = 100;
/** Queries at once; they are rare, and providers allow fewer of them. */
const atOnce = 8;
/** Longer than a batch of queries takes. */
const holdMs = 120_000;

/**
 * Finds out what became of messages without a clear answer, by the provider's query or by its own
 * way to know a repeat. Nothing is sent anew before the provider says that it has it not.
 */
export async function resolveUncertain(deps: MessagingDeps): Promise<number> {
  let count = 0;
  for (const { companyId } of await companiesToCheck(deps.jobsDb, deps.clock.now())) {
    await deps.db.transaction(companyId, (tx) => doubtLost(tx, deps.clock.now(), 1000));
    let taken: number;
    do {
      taken = await resolveBatch(deps, companyId);
      count += taken;
    } while (taken === batchSize);
  }
  return count;
}

async function resolveBatch(deps: MessagingDeps, companyId: string): Promise<number> {
  const now = deps.clock.now();
  const nextAt = new Date(now.getTime() + holdMs);
  const taken = await deps.db.transaction(companyId, (tx) =>
    takeUncertain(tx, { now, nextAt, limit: batchSize }),
  );
  const answers: Answer[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    for (let each = taken[next]; each; each = taken[next]) {
      next += 1;
      answers.push(await ask(deps, companyId, each));
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, taken.length) }, lane));
  if (answers.length > 0) await recordAnswers(deps, companyId, answers);
  await giveUpOld(deps, companyId, answers);
  return taken.length;
}

async function ask(deps: MessagingDeps, companyId: string, each: Uncertain): Promise<Answer> {
  const { attemptId, messageId, accountId, startedAt } = each;
  const answer = { attemptId, messageId, accountId, startedAt };
  if (!each.sealed) {
    const outcome = { kind: 'unknown', code: 'NO_CONTENT', detail: '' } as const;
    return { ...answer, outcome };
  }
  const outgoing = openOutgoing(deps.secrets, companyId, each.sealed);
  const sending: Sending = { ...each, outgoing };
  return { ...answer, outcome: await call(deps, companyId, sending, 'resolve') };
}

async function giveUpOld(
  deps: MessagingDeps,
  companyId: string,
  answers: readonly Answer[],
): Promise<void> {
  const now = deps.clock.now();
  const old = answers.filter(
    ({ outcome, startedAt }) =>
      outcome.kind === 'unknown' && now.getTime() - startedAt.getTime() > giveUpMs,
  );
  if (old.length === 0) return;
  await deps.db.transaction(companyId, async (tx) => {
    const ids = old.map(({ messageId }) => messageId);
    await tell(tx, deps.clock, 'failed', await giveUp(tx, ids, now));
  });
}
