import type { Releaser } from '../message.ts';
import type { MessagingDeps } from '../open-account.ts';
import { dueWork } from '../store/queue-store.ts';
import { recordAnswers } from './record-answers.ts';
import { releaseBatch } from './release-batch.ts';
import { sendAttempts } from './send-attempts.ts';

/** One run of the task; what is left is due at once in the next. */
const runMs = 60_000;

/**
 * Releases and sends everything that is due. Several workers may do so at once: each takes other
 * messages. A purpose whose releaser fails does not hold up the others.
 * @returns how many messages were taken
 */
export async function releaseDue(
  deps: MessagingDeps,
  { releasers }: { readonly releasers: readonly Releaser[] },
): Promise<number> {
  const byPurpose = new Map(releasers.map((releaser) => [releaser.purpose, releaser]));
  const untilMs = deps.clock.now().getTime() + runMs;
  let count = 0;
  for (const { companyId, purpose } of await dueWork(deps.jobsDb, deps.clock.now())) {
    const releaser = byPurpose.get(purpose);
    try {
      let taken: number;
      do {
        taken = await releaseAndSend(deps, companyId, { purpose, releaser });
        count += taken;
      } while (taken > 0 && deps.clock.now().getTime() < untilMs);
    } catch (error) {
      deps.log.error({ err: error, purpose }, 'messages could not be released');
    }
  }
  return count;
}

async function releaseAndSend(
  deps: MessagingDeps,
  companyId: string,
  input: { purpose: string; releaser: Releaser | undefined },
): Promise<number> {
  const batch = await deps.db.transaction(companyId, (tx) => releaseBatch(deps, tx, input));
  deps.checkpoint('messaging.claimed');
  await sendAttempts(deps, companyId, batch, (answers) => recordAnswers(deps, companyId, answers));
  return batch.count;
}
