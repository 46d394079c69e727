import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { chargingErrors } from '../errors.ts';
import { type FeeCategory, insertFeeItem } from '../store/fee-item-store.ts';

export interface NewFeeItem {
  readonly companyId: string;
  readonly actor: Actor;
  readonly name: string;
  readonly category?: FeeCategory | undefined;
  /** Lower is settled first; 100 unless given. */
  readonly priority?: number | undefined;
}

const usualPriority = 100;

/** @returns the id of the new fee item */
export function createFeeItem(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: NewFeeItem,
): Promise<string> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const at = deps.clock.now();
    const item = {
      id: newId(at),
      name: input.name.trim(),
      category: input.category ?? 'income',
      priority: input.priority ?? usualPriority,
      state: 'active',
    } as const;
    if (!(await insertFeeItem(tx, item, at))) throw nameTaken(item.name);
    await recordAudit(tx, deps.clock, {
      actor: input.actor,
      action: 'charging.create_fee_item',
      subjectKind: 'fee_item',
      subjectId: item.id,
      detail: { name: item.name, category: item.category, priority: item.priority },
    });
    return item.id;
  });
}

export function nameTaken(name: string): Error {
  return chargingErrors.FEE_ITEM_NAME_TAKEN({
    values: { name },
    problems: [{ field: 'name', reason: '名称已被使用' }],
  });
}
