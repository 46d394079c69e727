import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { chargingErrors } from '../errors.ts';
import { lockFeeItem } from '../store/fee-item-store.ts';
import { latestVersion, setTariffEnd, tariffById } from '../store/tariff-store.ts';

export interface TariffEnd {
  readonly companyId: string;
  readonly actor: Actor;
  readonly tariffId: string;
  /** The last day on which it holds. */
  readonly effectiveTo: string;
}

/** Ends the newest version of a tariff; periods that begin later get no bill from it. */
export function endTariff(deps: Pick<Deps, 'db' | 'clock'>, input: TariffEnd): Promise<void> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const found = await tariffById(tx, input.tariffId);
    if (!found) throw chargingErrors.TARIFF_NOT_FOUND();
    await lockFeeItem(tx, found.feeItemId);
    const latest = await latestVersion(tx, found.feeItemId, found.name);
    if (latest && latest.id !== found.id) {
      throw chargingErrors.TARIFF_FOLLOWED({ values: { version: latest.version } });
    }
    if (input.effectiveTo < found.effectiveFrom) {
      const reason = `须不早于生效日期 ${found.effectiveFrom}`;
      throw chargingErrors.TARIFF_INVALID({ problems: [{ field: 'effectiveTo', reason }] });
    }
    await setTariffEnd(tx, found.id, input.effectiveTo);
    await recordAudit(tx, deps.clock, {
      actor: input.actor,
      action: 'charging.end_tariff',
      subjectKind: 'tariff',
      subjectId: found.id,
      detail: { before: found.effectiveTo, effectiveTo: input.effectiveTo },
    });
  });
}
