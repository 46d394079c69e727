import type { Tx } from '../../../platform/database/index.ts';
import type { MessagingDeps } from '../open-account.ts';
import { allCompanies } from '../queries/companies.ts';
import { deleteStrays, forgetContents } from '../store/tidy-store.ts';

const dayMs = 86_400_000;
/** Receipts come within three days; then nobody needs the text and the address any more. */
const keepContentMs = 30 * dayMs;
const keepStrayMs = 90 * dayMs;
const batchSize = 5000;

/** Once a day: forgets contents of old messages, and receipts that belong to nothing. */
export async function tidyMessages(deps: MessagingDeps): Promise<void> {
  const nowMs = deps.clock.now().getTime();
  const verbs = [
    (tx: Tx) => forgetContents(tx, new Date(nowMs - keepContentMs), batchSize),
    (tx: Tx) => deleteStrays(tx, new Date(nowMs - keepStrayMs), batchSize),
  ];
  for (const { id } of await allCompanies(deps.jobsDb)) {
    for (const verb of verbs) {
      let count: number;
      do count = await deps.db.transaction(id, verb);
      while (count === batchSize);
    }
  }
}
