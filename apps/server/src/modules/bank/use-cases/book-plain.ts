import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import { parkTransfers } from '../../payment/index.ts';
import type { BankDeps } from '../deps.ts';
import { maxRounds } from '../limits.ts';
import { knownEntries } from '../queries/import-rows.ts';
import { type LandedRow, landRows } from '../store/entry-store.ts';
import { reportProgress } from '../store/import-store.ts';
import { deleteRows } from '../store/row-store.ts';
import type { Applying } from './applying.ts';
import { ClaimLost } from './check-import.ts';
import { type BookedRow, transferOf } from './transfer-of.ts';

/** Another import books the same entry at this moment: whoever is second finds it there. */
const twice = new Set(['proof_key_pkey', 'entry_pkey', 'posting_key_key']);

export function isBookedTwice(error: unknown): boolean {
  return twice.has(violatedConstraint(error) ?? '');
}

/**
 * Books rows that settle nothing, in one transaction: debits and what is no payment are kept, the
 * money of every other credit goes to suspense with a case.
 */
export async function bookPlain(
  deps: BankDeps,
  applying: Applying,
  rows: readonly BookedRow[],
): Promise<void> {
  const { companyId, progress } = applying;
  for (let round = 1; ; round += 1) {
    try {
      await deps.db.transaction(companyId, (tx) => bookAll(tx, deps, applying, rows));
      break;
    } catch (error) {
      if (round >= maxRounds || !isBookedTwice(error)) throw error;
    }
  }
  progress.done += rows.length;
  deps.checkpoint('bank.entries.committed');
}

async function bookAll(
  tx: Tx,
  deps: BankDeps,
  applying: Applying,
  rows: readonly BookedRow[],
): Promise<void> {
  await claimStep(tx, deps, applying, rows.length);
  const known = await knownEntries(
    tx,
    rows.map(({ row }) => row.entryId),
  );
  const fresh = rows.filter(({ row }) => !known.has(row.entryId));
  const repeats = rows.filter(({ row }) => known.has(row.entryId));
  const payments = fresh.filter(({ verdict }) => verdict !== null);
  const caseIds = await parkTransfers(
    tx,
    deps,
    payments.map(({ row }) => ({
      transfer: transferOf(row, applying.accountId, applying.company),
      reason: 'unmatched-transfer',
      unitId: null,
    })),
  );
  const cases = new Map(payments.map(({ row }, index) => [row.id, caseIds[index] ?? null]));
  if (fresh.length > 0) {
    const landed = fresh.map((each) => landedOf(each, cases.get(each.row.id) ?? null));
    await landRows(tx, landed, deps.clock.now());
  }
  if (repeats.length > 0) {
    await deleteRows(
      tx,
      repeats.map(({ row }) => row.id),
    );
  }
  deps.checkpoint('bank.entries.written');
}

function landedOf({ row, notPaymentKind, verdict }: BookedRow, caseId: string | null): LandedRow {
  const state = row.direction === 'debit' ? 'debit' : caseId === null ? 'not-payment' : 'suspense';
  return {
    rowId: row.id,
    state,
    notPaymentKind,
    unitId: null,
    paymentId: null,
    caseId,
    reasons: verdict?.reasons ?? [],
  };
}

/** Every step checks that the worker still holds the import, and says how far it is. */
export async function claimStep(
  tx: Tx,
  deps: Pick<BankDeps, 'clock'>,
  { claimed, progress, leaseMs }: Applying,
  rows: number,
): Promise<void> {
  const rowsDone = progress.done + rows;
  const percent = Math.min(99, Math.floor((rowsDone / Math.max(1, progress.total)) * 100));
  const until = new Date(deps.clock.now().getTime() + leaseMs);
  if (!(await reportProgress(tx, claimed, { rowsDone, percent, until }))) throw new ClaimLost();
}
