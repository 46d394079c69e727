import { type Fen, fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import { AppError } from '../../../platform/errors.ts';
import { lockPayableBills, openBillsOf } from '../../billing/index.ts';
import {
  BillsHeld,
  type Booking,
  parkTransfers,
  releaseBills,
  settleTransfer,
} from '../../payment/index.ts';
import type { BankDeps } from '../deps.ts';
import type { Verdict } from '../domain/find-unit.ts';
import { type AmountMatch, isExact, matchAmount, type OpenAmount } from '../domain/match-amount.ts';
import { amountReason, type Bilingual, why } from '../domain/wording.ts';
import { maxRounds, mostBills } from '../limits.ts';
import { knownEntries } from '../queries/import-rows.ts';
import { landRows } from '../store/entry-store.ts';
import { deleteRows } from '../store/row-store.ts';
import type { Applying } from './applying.ts';
import { claimStep, isBookedTwice } from './book-plain.ts';
import { type BookedRow, transferOf } from './transfer-of.ts';

export interface NamedRow extends BookedRow {
  readonly verdict: Extract<Verdict, { kind: 'certain' | 'by-name' }>;
}

/**
 * Books a credit that names a unit: bills and suspense in one transaction. Payments in progress
 * that hold the bills are ended first, outside of it; without a clear answer the money waits in
 * suspense.
 */
export async function bookNamed(deps: BankDeps, applying: Applying, row: NamedRow): Promise<void> {
  const { companyId, actor, progress } = applying;
  let mayWait = false;
  for (let round = 1; ; round += 1) {
    try {
      const booking = await deps.db.transaction(companyId, (tx) =>
        bookOne(tx, deps, applying, row, mayWait),
      );
      progress.done += 1;
      deps.checkpoint('bank.entry.committed');
      if (booking?.paymentId) {
        void deps.live.announce({ companyId, topic: 'payment.paid', id: booking.paymentId });
      }
      return;
    } catch (error) {
      if (error instanceof BillsHeld) {
        mayWait = round >= maxRounds || !(await areReleased(deps, { companyId, actor, error }));
      } else if (round > maxRounds || !isBookedTwice(error)) throw error;
    }
  }
}

/** @returns false when the channel gave no clear answer */
async function areReleased(
  deps: BankDeps,
  {
    companyId,
    actor,
    error,
  }: Pick<Applying, 'companyId' | 'actor'> & { readonly error: BillsHeld },
): Promise<boolean> {
  try {
    await releaseBills(deps, { companyId, paymentIds: error.paymentIds, actor });
    return true;
  } catch (failure) {
    if (failure instanceof AppError && failure.code === 'PAYMENT_IN_PROGRESS') return false;
    throw failure;
  }
}

async function bookOne(
  tx: Tx,
  deps: BankDeps,
  applying: Applying,
  named: NamedRow,
  isHeld: boolean,
): Promise<Booking | undefined> {
  const { row, verdict } = named;
  await claimStep(tx, deps, applying, 1);
  const known = await knownEntries(tx, [row.entryId]);
  if (known.has(row.entryId)) {
    await deleteRows(tx, [row.id]);
    return undefined;
  }
  const { unitId } = verdict.unit;
  const bills = await lockOpenBills(tx, unitId);
  const match = matchAmount(bills, fen(row.amountFen));
  const refusal = isHeld ? why.held : whyNotByName(applying, verdict, match);
  const reasons = [...verdict.reasons, refusal ?? amountReason(match)];
  const isKnownUnit = verdict.kind === 'certain' || refusal === undefined;
  if (refusal || match.kind === 'none') {
    return await park(tx, deps, applying, named, { unitId: isKnownUnit ? unitId : null, reasons });
  }
  return await settle(tx, deps, applying, named, { match, reasons });
}

/** All bills of the unit are locked, so that what was decided is what is settled. */
async function lockOpenBills(tx: Tx, unitId: string): Promise<OpenAmount[]> {
  const open = (await openBillsOf(tx, unitId)).slice(0, mostBills);
  const locked = await lockPayableBills(
    tx,
    open.map(({ id }) => id),
  );
  const openFen = new Map<string, Fen>(locked.map((bill) => [bill.id, bill.openFen]));
  return open.flatMap(({ id }) => {
    const now = openFen.get(id) ?? fen(0);
    return now > 0 ? [{ billId: id, openFen: now }] : [];
  });
}

function whyNotByName(
  { settings }: Applying,
  verdict: NamedRow['verdict'],
  match: AmountMatch,
): Bilingual | undefined {
  if (verdict.kind === 'certain') return undefined;
  if (!isExact(match)) return why.nameNotExact;
  return settings.matchesByName ? undefined : why.nameOff;
}

async function park(
  tx: Tx,
  deps: BankDeps,
  { accountId, company }: Applying,
  { row }: NamedRow,
  { unitId, reasons }: { readonly unitId: string | null; readonly reasons: Bilingual[] },
): Promise<Booking> {
  const transfer = transferOf(row, accountId, company);
  const reason = unitId === null ? 'unmatched-transfer' : 'transfer-remainder';
  const [caseId = null] = await parkTransfers(tx, deps, [{ transfer, reason, unitId }]);
  await landRows(
    tx,
    [
      {
        rowId: row.id,
        state: 'suspense',
        notPaymentKind: null,
        unitId,
        paymentId: null,
        caseId,
        reasons,
      },
    ],
    deps.clock.now(),
  );
  deps.checkpoint('bank.entry.written');
  return { outcome: 'surplus', paymentId: null, surplusId: caseId };
}

async function settle(
  tx: Tx,
  deps: BankDeps,
  { accountId, company, actor }: Applying,
  { row, verdict }: NamedRow,
  { match, reasons }: { readonly match: AmountMatch; readonly reasons: Bilingual[] },
): Promise<Booking> {
  const { unitId } = verdict.unit;
  const transfer = transferOf(row, accountId, company);
  const { billIds } = match;
  const booking = await settleTransfer(tx, deps, { transfer, unitId, billIds, actor });
  const { paymentId, surplusId: caseId } = booking;
  await landRows(
    tx,
    [
      {
        rowId: row.id,
        state: caseId === null ? 'matched' : 'split',
        notPaymentKind: null,
        unitId,
        paymentId,
        caseId,
        reasons,
      },
    ],
    deps.clock.now(),
  );
  deps.checkpoint('bank.entry.written');
  return booking;
}
