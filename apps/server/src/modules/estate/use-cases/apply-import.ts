import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { AppliedFees, ApplyFees } from '../imported-fee.ts';
import { stagedAssignments, stagedCommunities } from '../store/apply-staged.ts';
import { deleteChunks } from '../store/import-file-store.ts';
import {
  type Claimed,
  finishImport,
  holdsClaim,
  type ImportRecord,
} from '../store/import-store.ts';
import { clearStaging } from '../store/staging-store.ts';
import { ClaimLost } from './check-import.ts';
import { importUnits } from './import-units.ts';

/** Takes an import over in one transaction: units, people, fees, the audit entry, or nothing. */
export function applyImport(
  deps: Pick<Deps, 'db' | 'clock' | 'checkpoint'>,
  applyFees: ApplyFees | undefined,
  companyId: string,
  record: ImportRecord,
  claimed: Claimed,
): Promise<void> {
  return deps.db.transaction(companyId, async (tx) => {
    if (!(await holdsClaim(tx, claimed))) throw new ClaimLost();
    const units = await importUnits(tx, deps, { importId: record.id });
    deps.checkpoint('estate.import-units-written');
    const fees = applyFees ? await takeFees(tx, deps, applyFees, record) : undefined;
    const at = deps.clock.now();
    const totals = {
      ...units,
      bad: 0,
      warnings: record.totals?.warnings ?? 0,
      fees: record.fees.length,
    };
    await finishImport(tx, record.id, { state: 'applied', failure: null, totals }, at);
    await deleteChunks(tx, record.id);
    await clearStaging(tx, record.id, true);
    await recordAudit(tx, deps.clock, {
      actor: { kind: 'staff', companyId, ...withoutNull(record.actor), permissions: new Set() },
      action: 'estate.apply_import',
      subjectKind: 'import',
      subjectId: record.id,
      detail: { fileName: record.fileName, units, fees: fees ?? null },
    });
    deps.checkpoint('estate.import-before-commit');
  });
}

async function takeFees(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  applyFees: ApplyFees,
  record: ImportRecord,
): Promise<AppliedFees['created']> {
  const sum = { feeItems: 0, tariffs: 0, assignments: 0 };
  if (record.fees.length === 0) return sum;
  const scope = { importId: record.id, today: '' };
  const assignments = await stagedAssignments(tx, scope);
  const startOf = new Map(record.fees.map(({ no, startsOn }) => [no, startsOn]));
  for (const { id: communityId } of await stagedCommunities(tx, scope)) {
    const own = assignments
      .filter((each) => each.communityId === communityId)
      .flatMap(({ unitId, feeNo, fromOn }) => {
        const start = fromOn ?? startOf.get(feeNo);
        return start === undefined ? [] : [{ unitId, feeNo, fromOn: start }];
      });
    const input = { communityId, fees: record.fees, assignments: own };
    const { created } = await applyFees(tx, deps, input);
    sum.feeItems += created.feeItems;
    sum.tariffs += created.tariffs;
    sum.assignments += created.assignments;
  }
  return sum;
}

function withoutNull({ id, name, ip }: ImportRecord['actor']) {
  return { id, name, ...(ip !== null && { ip }) };
}
