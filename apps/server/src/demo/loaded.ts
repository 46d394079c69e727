import { sql } from '../platform/database/index.ts';
import type { Deps } from '../platform/deps.ts';
import { derivedId } from '../platform/id.ts';
import { once } from '../platform/idempotency.ts';

/** What a later start wants to know of the demo. */
export interface LoadedDemo {
  readonly roomCodePath: string;
}

const mark = { scope: 'demo', key: 'loaded', request: {} };

/** @returns undefined until the demo was loaded to its end */
export async function loadedDemo(deps: Deps, companyId: string): Promise<LoadedDemo | undefined> {
  const row = await deps.db.read(companyId, (tx) =>
    tx.maybe(sql<{ answer: LoadedDemo }>`
      select answer from platform.idempotency
      where company_id = ${companyId} and id = ${derivedId(companyId, mark.scope, mark.key)}`),
  );
  return row?.answer;
}

export async function rememberLoaded(
  deps: Deps,
  companyId: string,
  loaded: LoadedDemo,
): Promise<void> {
  await deps.db.transaction(companyId, (tx) => once(tx, deps.clock, mark, async () => loaded));
}
