import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { violatedConstraint } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { chargingErrors } from '../errors.ts';
import { lockFeeItem, updateFeeItem } from '../store/fee-item-store.ts';
import { nameTaken } from './create-fee-item.ts';

export interface FeeItemChange {
  readonly companyId: string;
  readonly actor: Actor;
  readonly feeItemId: string;
  readonly name?: string | undefined;
  readonly priority?: number | undefined;
  readonly state?: 'active' | 'retired' | undefined;
}

/** A retired fee item is billed no more; its bills and assignments stay. */
export async function changeFeeItem(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: FeeItemChange,
): Promise<void> {
  try {
    await change(deps, input);
  } catch (error) {
    if (violatedConstraint(error) === 'fee_item_name_key') throw nameTaken(input.name ?? '');
    throw error;
  }
}

function change(deps: Pick<Deps, 'db' | 'clock'>, input: FeeItemChange): Promise<void> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const before = await lockFeeItem(tx, input.feeItemId);
    if (!before) throw chargingErrors.FEE_ITEM_NOT_FOUND();
    const after = {
      ...before,
      name: input.name?.trim() ?? before.name,
      priority: input.priority ?? before.priority,
      state: input.state ?? before.state,
    };
    await updateFeeItem(tx, after);
    await recordAudit(tx, deps.clock, {
      actor: input.actor,
      action: 'charging.change_fee_item',
      subjectKind: 'fee_item',
      subjectId: before.id,
      detail: { before, after },
    });
  });
}
