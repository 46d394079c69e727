import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { applyPeople } from '../store/apply-people.ts';
import { applyUnits, makePlaces } from '../store/apply-staged.ts';
import { companyFacts } from '../store/company-store.ts';
import { countChanges, countNewPlaces, matchStaged } from '../store/match-staged.ts';

export interface ImportedUnits {
  readonly communities: number;
  readonly buildings: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * Takes over all rows that an import put aside, within the caller's transaction: all or nothing.
 * Communities are locked in key order, so that two imports of one community follow each other.
 */
export async function importUnits(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { importId }: { readonly importId: string },
): Promise<ImportedUnits> {
  const at = deps.clock.now();
  const { timeZone } = await companyFacts(tx);
  const scope = { importId, today: dayOf(at, timeZone) };
  const places = await countNewPlaces(tx, scope);
  await makePlaces(tx, scope, at);
  await matchStaged(tx, scope);
  const changes = await countChanges(tx, scope);
  await applyUnits(tx, scope, at);
  await applyPeople(tx, scope, at);
  return { ...places, ...sumChanges(changes) };
}

export function sumChanges(
  changes: Awaited<ReturnType<typeof countChanges>>,
): Pick<ImportedUnits, 'new' | 'changed' | 'unchanged'> {
  const sum = (change: string) =>
    changes.reduce((total, each) => total + (each.change === change ? each.rows : 0), 0);
  return { new: sum('new'), changed: sum('changed'), unchanged: sum('unchanged') };
}
