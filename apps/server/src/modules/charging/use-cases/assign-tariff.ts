import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Problem } from '../../../platform/errors.ts';
import { chargingErrors } from '../errors.ts';
import { countMatches } from '../queries/assignments.ts';
import type { Assigning } from '../queries/unit-filter.ts';
import { insertAssignments } from '../store/assignment-store.ts';
import { lockFeeItem } from '../store/fee-item-store.ts';
import { latestVersion } from '../store/tariff-store.ts';

export interface AssignTariff extends Assigning {
  readonly companyId: string;
  readonly actor: Actor;
}

/**
 * Lets the units of a filter pay a fee item by a tariff from a day on. Units that pay it already
 * stay as they are, so sending the same again assigns nothing.
 */
export function assignTariff(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: AssignTariff,
): Promise<{ assigned: number; already: number }> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const feeItem = await lockFeeItem(tx, input.feeItemId);
    if (!feeItem) throw chargingErrors.FEE_ITEM_NOT_FOUND();
    if (feeItem.state === 'retired') {
      throw chargingErrors.FEE_ITEM_RETIRED({ values: { name: feeItem.name } });
    }
    const tariff = await latestVersion(tx, feeItem.id, input.tariffName);
    const problems = problemsOf(input, tariff !== undefined, feeItem.name);
    if (problems.length > 0) throw chargingErrors.ASSIGNMENT_INVALID({ problems });
    const matched = await countMatches(tx, input.filter);
    if (matched === 0) throw chargingErrors.ASSIGNMENT_NO_UNITS();
    const assigned = await insertAssignments(tx, input, deps.clock.now());
    const { filter, tariffName, fromOn, toOn } = input;
    await recordAudit(tx, deps.clock, {
      actor: input.actor,
      action: 'charging.assign_tariff',
      subjectKind: 'fee_item',
      subjectId: feeItem.id,
      detail: { filter, tariffName, fromOn, toOn, assigned, already: matched - assigned },
    });
    return { assigned, already: matched - assigned };
  });
}

function problemsOf(input: Assigning, hasTariff: boolean, feeItemName: string): Problem[] {
  const problems: Problem[] = [];
  if (!hasTariff) {
    const reason = `「${feeItemName}」没有名为「${input.tariffName}」的收费标准`;
    problems.push({ field: 'tariffName', reason });
  }
  if (input.toOn !== null && input.toOn < input.fromOn) {
    problems.push({ field: 'toOn', reason: '结束日期不能早于开始日期' });
  }
  return problems;
}
