import type { BankEntryDetail, BankSuggestion } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { openBillsOf } from '../../billing/index.ts';
import { matchAmount } from '../domain/match-amount.ts';
import { nearReferencesIn } from '../domain/reference.ts';
import { type Candidate, candidatesOf, doorsIn, withAmount } from '../domain/suggest.ts';
import type { Bilingual } from '../domain/wording.ts';
import { openEntry } from '../entry-secrets.ts';
import { bankErrors } from '../errors.ts';
import { maxSuggestions, mostBills } from '../limits.ts';
import { unitsOfReferences } from '../queries/clues.ts';
import { type EntryDetailRow, entryDetail, matchesOf } from '../queries/entries.ts';
import { unitsByLabel } from '../queries/guide.ts';
import { bankSettings } from '../queries/settings.ts';
import { unitFacts, unitsOfPayer, unitsOwing } from '../queries/suggestions.ts';
import { readClues } from './read-clues.ts';

type ShowDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

export interface EntryInput {
  readonly actor: StaffActor;
  readonly entryId: string;
}

/** One entry with what it settled, or with whom it may be from. */
export function showEntry(
  deps: Pick<Deps, 'db' | 'secrets'>,
  { actor, entryId }: EntryInput,
): Promise<BankEntryDetail> {
  return deps.db.read(actor.companyId, async (tx) => {
    const [row, matches, settings] = await Promise.all([
      entryDetail(tx, entryId),
      matchesOf(tx, entryId),
      bankSettings(tx),
    ]);
    if (!row) throw bankErrors.BANK_ENTRY_NOT_FOUND();
    const whyNot = whyNotMatch(row, actor);
    const isOpen = row.suspenseFen > 0 && !row.isProposed;
    const { sealed: _sealed, counterpartyIndex: _index, importedAt, ...shown } = row;
    return {
      ...shown,
      importedAt: importedAt.toISOString(),
      suggestions: isOpen ? await suggestionsFor(tx, deps, row) : [],
      matches,
      canMatch: whyNot === null,
      whyNot,
      twoPeopleFromFen: settings.twoPeopleFromFen,
    };
  });
}

/** What a unit that somebody looked up owes, and what the money would settle of it. */
export function showUnitForEntry(
  deps: Pick<Deps, 'db' | 'secrets'>,
  { actor, entryId, unitId }: EntryInput & { readonly unitId: string },
): Promise<BankSuggestion> {
  return deps.db.read(actor.companyId, async (tx) => {
    const row = await entryDetail(tx, entryId);
    if (!row) throw bankErrors.BANK_ENTRY_NOT_FOUND();
    const candidate = { unitId, score: 0, reasons: [] };
    const [suggestion] = await describe(tx, [candidate], row.suspenseFen);
    if (!suggestion) throw bankErrors.TRANSFER_UNIT_NOT_FOUND();
    return { ...suggestion, score: 0 };
  });
}

/** Shows the payer in clear and leaves an audit entry. */
export function revealEntry(
  deps: ShowDeps,
  { actor, entryId, reason }: EntryInput & { readonly reason: string },
): Promise<{ counterparty: string; counterpartyAccount: string; text: string }> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const row = await entryDetail(tx, entryId);
    if (!row) throw bankErrors.BANK_ENTRY_NOT_FOUND();
    const clear = openEntry(deps.secrets, actor.companyId, row.sealed);
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'bank.reveal_entry',
      subjectKind: 'bank_entry',
      subjectId: entryId,
      detail: { reason },
    });
    const { counterpartyName: counterparty, counterpartyAccount, text } = clear;
    return { counterparty, counterpartyAccount, text };
  });
}

function whyNotMatch(row: EntryDetailRow, actor: StaffActor): Bilingual | null {
  if (row.suspenseFen === 0) {
    return { zh: '这笔流水没有待匹配的余款', en: 'Nothing of this entry waits to be matched' };
  }
  if (row.isProposed) {
    return { zh: '已有一项处理在等待审批', en: 'Something is proposed for it and waits' };
  }
  if (!actor.permissions.has('suspense.resolve')) {
    return { zh: '您没有处理挂账款的权限', en: 'Your roles do not resolve money in suspense' };
  }
  return null;
}

/** A candidate this good needs no search by amount over everybody who owes. */
const goodScore = 40;

async function suggestionsFor(
  tx: Tx,
  deps: Pick<Deps, 'secrets'>,
  row: EntryDetailRow,
): Promise<BankSuggestion[]> {
  const clear = openEntry(deps.secrets, tx.companyId, row.sealed);
  const words = { ...clear, subAccount: row.subAccount };
  const [clues, nearReferences, payers, doors] = await Promise.all([
    readClues(tx, deps.secrets, row.bankAccountId, [words]),
    unitsOfReferences(tx, nearReferencesIn(clear.text)),
    row.counterpartyIndex ? unitsOfPayer(tx, row.counterpartyIndex) : [],
    unitsByLabel(tx, doorsIn(clear.text)),
  ]);
  const [found = { subAccount: null, references: [], homes: [] }] = clues;
  const named = row.unitId === null ? [] : [row.unitId];
  const hints = { ...found, nearReferences, payers, owing: named };
  const withDoors = { ...hints, doors: doors.slice(0, maxSuggestions).map(({ unitId }) => unitId) };
  let candidates = candidatesOf(withDoors);
  if ((candidates[0]?.score ?? 0) < goodScore) {
    const owing = await unitsOwing(tx, row.suspenseFen, maxSuggestions);
    candidates = candidatesOf({ ...withDoors, owing: [...named, ...owing] });
  }
  const described = await describe(tx, candidates.slice(0, maxSuggestions), row.suspenseFen);
  return described.sort((a, b) => b.score - a.score);
}

async function describe(
  tx: Tx,
  candidates: readonly Candidate[],
  amountFen: number,
): Promise<BankSuggestion[]> {
  const facts = await unitFacts(
    tx,
    candidates.map(({ unitId }) => unitId),
  );
  const known = new Map(facts.map((unit) => [unit.unitId, unit]));
  const described = await Promise.all(
    candidates.map(async (candidate) => {
      const unit = known.get(candidate.unitId);
      return unit ? [{ ...unit, ...(await withBills(tx, candidate, amountFen)) }] : [];
    }),
  );
  return described.flat();
}

async function withBills(tx: Tx, candidate: Candidate, amountFen: number) {
  const open = (await openBillsOf(tx, candidate.unitId)).slice(0, mostBills);
  const match = matchAmount(
    open.map(({ id: billId, openFen }) => ({ billId, openFen })),
    fen(amountFen),
  );
  const { score, reasons } = withAmount(candidate, match);
  return {
    score,
    reasons: [...reasons],
    openFen: open.reduce((all, { openFen }) => all + openFen, 0),
    bills: open.map(({ id, feeItemName, month, dueOn, openFen }) => ({
      billId: id,
      feeItemName,
      month,
      dueOn,
      openFen,
      amountFen: match.billIds.includes(id) ? openFen : 0,
    })),
  };
}
