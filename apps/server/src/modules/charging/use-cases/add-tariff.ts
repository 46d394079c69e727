import { decimal, decimalText } from '@wuye-pay/money';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { completeTerms, type GivenTerms, problemsOf, type TariffTerms } from '../domain/tariff.ts';
import { chargingErrors } from '../errors.ts';
import { lockFeeItem } from '../store/fee-item-store.ts';
import { insertTariff, latestVersion, type TariffVersion } from '../store/tariff-store.ts';

export interface NewTariff {
  readonly companyId: string;
  readonly actor: Actor;
  readonly feeItemId: string;
  readonly name: string;
  readonly terms: GivenTerms;
  readonly effectiveFrom: string;
}

/**
 * Adds a tariff, or the next version of one: what is there is never edited, because bills were
 * worked out from it. Sending the newest version again changes nothing.
 * @returns the id of the version
 */
export function addTariff(deps: Pick<Deps, 'db' | 'clock'>, input: NewTariff): Promise<string> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const feeItem = await lockFeeItem(tx, input.feeItemId);
    if (!feeItem) throw chargingErrors.FEE_ITEM_NOT_FOUND();
    if (feeItem.state === 'retired') {
      throw chargingErrors.FEE_ITEM_RETIRED({ values: { name: feeItem.name } });
    }
    const added = await addVersion(tx, deps.clock, { ...input, effectiveTo: null });
    return added.id;
  });
}

export type NewVersion = Pick<
  NewTariff,
  'actor' | 'feeItemId' | 'name' | 'terms' | 'effectiveFrom'
> & {
  readonly effectiveTo: string | null;
};

/** The same under the lock of the fee item that the caller holds. */
export async function addVersion(
  tx: Tx,
  clock: Clock,
  input: NewVersion,
): Promise<{ id: string; added: boolean }> {
  const terms = completeTerms(input.terms);
  const problems = problemsOf(terms);
  if (problems.length > 0) throw chargingErrors.TARIFF_INVALID({ problems });
  const name = input.name.trim();
  const latest = await latestVersion(tx, input.feeItemId, name);
  if (latest && isSame(latest, terms, input)) return { id: latest.id, added: false };
  if (latest && input.effectiveFrom < latest.effectiveFrom) throw startsTooEarly(latest);
  const at = clock.now();
  const tariff = {
    ...terms,
    id: newId(at),
    feeItemId: input.feeItemId,
    name,
    version: (latest?.version ?? 0) + 1,
    effectiveFrom: input.effectiveFrom,
    effectiveTo: input.effectiveTo,
  };
  await insertTariff(tx, tariff, at);
  await recordAudit(tx, clock, {
    actor: input.actor,
    action: 'charging.add_tariff',
    subjectKind: 'tariff',
    subjectId: tariff.id,
    detail: tariff,
  });
  return { id: tariff.id, added: true };
}

function isSame(latest: TariffVersion, terms: TariffTerms, input: NewVersion): boolean {
  return (
    latest.effectiveFrom === input.effectiveFrom &&
    latest.effectiveTo === input.effectiveTo &&
    fingerprint(latest) === fingerprint(terms)
  );
}

/** Everything that decides an amount; 2.850000 and 2.85 are one price. */
function fingerprint(terms: TariffTerms): string {
  return [
    terms.basis,
    terms.areaBasis,
    decimalText(decimal(terms.price)),
    decimalText(decimal(terms.surcharge)),
    terms.periodMonths,
    terms.anchorMonth,
    terms.roundingMode,
    terms.roundingUnit,
    terms.roundingPoint,
    terms.dueDay,
  ].join('|');
}

function startsTooEarly(latest: TariffVersion): Error {
  const reason = `须不早于上一版本（第 ${latest.version} 版）的生效日期 ${latest.effectiveFrom}`;
  return chargingErrors.TARIFF_INVALID({ problems: [{ field: 'effectiveFrom', reason }] });
}
