import { fen } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { BankDeps } from '../deps.ts';
import { findUnit } from '../domain/find-unit.ts';
import { notPaymentKind } from '../domain/not-payment.ts';
import { openEntry } from '../entry-secrets.ts';
import { entriesABatch, leaseMs } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import {
  knownEntries,
  landedOf,
  type RowMark,
  type RowToBook,
  rowsToBook,
} from '../queries/import-rows.ts';
import { bankRules, bankSettings } from '../queries/settings.ts';
import {
  type Claimed,
  finishImport,
  holdsClaim,
  type ImportRecord,
} from '../store/import-store.ts';
import type { Applying } from './applying.ts';
import { bookNamed } from './book-named.ts';
import { bookPlain } from './book-plain.ts';
import { ClaimLost } from './check-import.ts';
import { readClues } from './read-clues.ts';
import type { BookedRow } from './transfer-of.ts';

/**
 * Brings the rows of a checked import into the books, each in the transaction in which its money
 * lands. A crash leaves the rest for the next worker; an entry that is there already is passed by.
 */
export async function applyImport(
  deps: BankDeps,
  companyId: string,
  record: ImportRecord,
  claimed: Claimed,
): Promise<void> {
  const progress = { done: 0, total: record.totals?.rows ?? 0 };
  let after: RowMark | undefined;
  for (;;) {
    const page = { after, limit: entriesABatch };
    const rows = await deps.db.read(companyId, (tx) => rowsToBook(tx, record.id, page));
    after = rows.at(-1);
    if (after === undefined) break;
    const applying = await begin(deps, companyId, record, { claimed, progress });
    await bookBatch(deps, applying, rows);
  }
  await finish(deps, companyId, record, claimed);
}

/** Settings are those of the moment. */
async function begin(
  deps: BankDeps,
  companyId: string,
  record: ImportRecord,
  work: Pick<Applying, 'claimed' | 'progress'>,
): Promise<Applying> {
  const [settings, company] = await deps.db.read(companyId, (tx) =>
    Promise.all([bankSettings(tx), companyOf(tx)]),
  );
  const { accountId } = record;
  const actor = actorOf(companyId, record);
  return { ...work, companyId, company, accountId, settings, leaseMs, actor };
}

/** Whoever ordered the import; the job itself needs no permission. */
function actorOf(companyId: string, { actor: { ip, ...who } }: ImportRecord): StaffActor {
  const permissions: ReadonlySet<string> = new Set();
  return { kind: 'staff', companyId, ...who, permissions, ...(ip !== null && { ip }) };
}

async function bookBatch(
  deps: BankDeps,
  applying: Applying,
  rows: readonly RowToBook[],
): Promise<void> {
  const plain: BookedRow[] = [];
  for (const row of await judge(deps, applying, rows)) {
    if (row.verdict && row.verdict.kind !== 'unknown') {
      await bookNamed(deps, applying, { ...row, verdict: row.verdict });
    } else plain.push(row);
  }
  if (plain.length > 0) await bookPlain(deps, applying, plain);
}

/** Says of each row what it is, and of payments whose they are. */
async function judge(
  deps: BankDeps,
  { companyId, accountId }: Applying,
  rows: readonly RowToBook[],
): Promise<BookedRow[]> {
  const read = rows.map((row) => ({ row, clear: openEntry(deps.secrets, companyId, row.sealed) }));
  const words = read.map(({ row, clear }) => ({ ...clear, subAccount: row.subAccount }));
  const ids = rows.map(({ entryId }) => entryId);
  const [rules, clues, known] = await deps.db.read(companyId, (tx) =>
    Promise.all([
      bankRules(tx),
      readClues(tx, deps.secrets, accountId, words),
      knownEntries(tx, ids),
    ]),
  );
  const active = rules.filter(({ isActive }) => isActive);
  return read.map(({ row, clear }, index) => {
    const rest = { balanceFen: null, endToEndId: null, counterpartyBank: '' };
    const entry = { ...row, ...clear, ...rest, amountFen: fen(row.amountFen) };
    const kind = notPaymentKind(entry, active);
    const isPayment = row.direction === 'credit' && kind === null && !known.has(row.entryId);
    const found = clues[index];
    return { row, notPaymentKind: kind, verdict: isPayment && found ? findUnit(found) : null };
  });
}

async function finish(
  deps: BankDeps,
  companyId: string,
  record: ImportRecord,
  claimed: Claimed,
): Promise<void> {
  const at = deps.clock.now();
  await deps.db.transaction(companyId, async (tx) => {
    if (!(await holdsClaim(tx, claimed))) throw new ClaimLost();
    const landed = await landedOf(tx, record.id);
    const matched = { count: landed.matched, amountFen: landed.matchedFen };
    const suspense = { count: landed.suspense, amountFen: landed.suspenseFen };
    const totals = record.totals && { ...record.totals, matched, suspense };
    await finishImport(tx, record.id, { state: 'applied', failure: null, totals }, at);
    await recordAudit(tx, deps.clock, {
      actor: actorOf(companyId, record),
      action: 'bank.import_statement',
      subjectKind: 'bank_import',
      subjectId: record.id,
      detail: { fileName: record.fileName, rows: record.totals?.rows, matched, suspense },
    });
  });
  deps.checkpoint('bank.import.applied');
}
