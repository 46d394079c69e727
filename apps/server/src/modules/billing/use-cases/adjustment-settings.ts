import type { AdjustmentSettings } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { adjustmentLimit, saveAdjustmentLimit } from '../store/adjustment-store.ts';

export async function adjustmentSettings(
  deps: Pick<Deps, 'db'>,
  companyId: string,
): Promise<AdjustmentSettings> {
  return { twoPeopleFromFen: await deps.db.read(companyId, adjustmentLimit) };
}

export async function changeAdjustmentSettings(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, twoPeopleFromFen }: AdjustmentSettings & { readonly actor: StaffActor },
): Promise<AdjustmentSettings> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    await saveAdjustmentLimit(tx, fen(twoPeopleFromFen), deps.clock.now());
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'billing.change_settings',
      subjectKind: 'company',
      subjectId: actor.companyId,
      detail: { twoPeopleFromFen },
    });
  });
  return { twoPeopleFromFen };
}
