import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type PrepaymentSetting, settingOf } from '../queries/setting.ts';
import { saveSetting } from '../store/setting-store.ts';

/** How the company uses money paid ahead, from the next run on; what was settled stays. */
export async function changeSetting(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, setting }: { readonly actor: StaffActor; readonly setting: PrepaymentSetting },
): Promise<PrepaymentSetting> {
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const before = await settingOf(tx);
    await saveSetting(tx, setting, deps.clock.now());
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'prepayment.change_setting',
      subjectKind: 'company',
      subjectId: actor.companyId,
      detail: { before, after: setting },
    });
    return await settingOf(tx);
  });
}
