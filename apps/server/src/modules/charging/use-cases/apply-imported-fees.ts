import { systemActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import type { AppliedFees, ImportedFee, ImportedFees } from '../../estate/index.ts';
import type { GivenTerms } from '../domain/tariff.ts';
import { chargingErrors } from '../errors.ts';
import { insertListed, type ListedAssignment } from '../store/assignment-store.ts';
import { feeItemByName, insertFeeItem } from '../store/fee-item-store.ts';
import { addVersion } from './add-tariff.ts';

/**
 * Takes the fees of a workbook over, in the transaction that takes over its units: a fee item by
 * its type, a tariff by its name, and who pays it from when. What is there stays as it is.
 */
export async function applyImportedFees(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  input: ImportedFees,
): Promise<AppliedFees> {
  const created = { feeItems: 0, tariffs: 0, assignments: 0 };
  const fees = new Map<string, { feeItemId: string; fee: ImportedFee }>();
  for (const fee of input.fees) {
    const feeItem = await ensureFeeItem(tx, deps, fee.type);
    const tariff = await addVersion(tx, deps.clock, {
      actor: systemActor(tx.companyId, 'estate.import'),
      feeItemId: feeItem.id,
      name: fee.name,
      terms: termsOf(fee),
      effectiveFrom: fee.startsOn,
      effectiveTo: fee.endsOn,
    });
    created.feeItems += feeItem.added ? 1 : 0;
    created.tariffs += tariff.added ? 1 : 0;
    fees.set(fee.no, { feeItemId: feeItem.id, fee });
  }
  const rows = input.assignments.map((row): ListedAssignment => {
    const found = fees.get(row.feeNo);
    if (!found) throw unknownFee(row.feeNo);
    const { feeItemId, fee } = found;
    const { unitId, fromOn } = row;
    return { unitId, feeItemId, tariffName: fee.name.trim(), fromOn, toOn: null };
  });
  created.assignments = await insertListed(tx, input.communityId, rows, deps.clock.now());
  await audit(tx, deps, input, created);
  return { created };
}

/** Locks the fee item, so that an assignment by hand waits for the import. */
async function ensureFeeItem(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  type: string,
): Promise<{ id: string; added: boolean }> {
  const at = deps.clock.now();
  const name = type.trim();
  const item = { id: newId(at), name, category: 'income', priority: 100, state: 'active' } as const;
  const added = await insertFeeItem(tx, item, at);
  const found = await feeItemByName(tx, name);
  if (!found) throw new Error(`the fee item ${name} is neither new nor there`);
  return { id: found.id, added };
}

/** A period of several months begins in the month in which the fee starts. */
function termsOf(fee: ImportedFee): GivenTerms {
  return {
    basis: fee.formula,
    areaBasis: fee.formula === 'area' ? 'built' : null,
    price: fee.price,
    surcharge: fee.surcharge,
    periodMonths: checkedCycle(fee),
    anchorMonth: Number(fee.startsOn.slice(5, 7)),
  };
}

function checkedCycle(fee: ImportedFee): number {
  if ([1, 2, 3, 4, 6, 12].includes(fee.cycleMonths)) return fee.cycleMonths;
  const reason = `费用「${fee.name}」的缴费周期为 ${fee.cycleMonths} 个月，仅支持 1、2、3、4、6、12 个月`;
  throw chargingErrors.TARIFF_INVALID({ problems: [{ field: 'periodMonths', reason }] });
}

function unknownFee(feeNo: string): Error {
  const reason = `费用编号 ${feeNo} 不在费用设置中`;
  return chargingErrors.ASSIGNMENT_INVALID({ problems: [{ field: 'feeNo', reason }] });
}

async function audit(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  input: ImportedFees,
  created: AppliedFees['created'],
): Promise<void> {
  if (created.feeItems + created.tariffs + created.assignments === 0) return;
  await recordAudit(tx, deps.clock, {
    actor: systemActor(tx.companyId, 'estate.import'),
    action: 'charging.import_fees',
    subjectKind: 'community',
    subjectId: input.communityId,
    detail: created,
  });
}
