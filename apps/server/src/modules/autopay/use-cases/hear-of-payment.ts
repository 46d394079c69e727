import { yuanText } from '@wuye-pay/money';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { reach } from '../checkpoints.ts';
import { type AutopayDeps, type AutopayInputDeps, withMandates } from '../deps.ts';
import { firstPossibleDay } from '../domain/calendar.ts';
import { type BillNow, chargeOf } from '../domain/charge.ts';
import { type EndCode, meaningOf } from '../domain/failure.ts';
import type { Mandate } from '../domain/mandate.ts';
import { later, retryDay } from '../domain/rule.ts';
import { dayWords, endWords, walletWords } from '../domain/words.ts';
import { debitHours, noticeMs } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { billsNow } from '../queries/debit-check.ts';
import { type PaymentEnd, paymentEnd } from '../queries/payment-end.ts';
import { ruleFinder } from '../queries/rules.ts';
import { unitNames } from '../queries/unit-names.ts';
import {
  type Debit,
  debitOfPayment,
  endDebit,
  insertDebit,
  lockDebit,
} from '../store/debit-store.ts';
import { record } from '../store/log-store.ts';
import { lockMandate, planAgainAt, scheduleCheck } from '../store/mandate-store.ts';
import { tellPayer } from './tell-payer.ts';

/** A payment was paid or closed: if it was a debit's, the debit ends as it did. Repeatable. */
export async function hearOfPayment(
  input: AutopayInputDeps,
  { companyId, paymentId }: { readonly companyId: string; readonly paymentId: string },
): Promise<void> {
  const deps = withMandates(input);
  const known = await deps.db.read(companyId, (tx) => debitOfPayment(tx, paymentId));
  if (!known) return;
  await deps.db.transaction(companyId, async (tx) => {
    const mandate = await lockMandate(tx, known.mandateId);
    const debit = await lockDebit(tx, known.id);
    if (!mandate || debit?.state !== 'started') return;
    const end = await paymentEnd(tx, paymentId);
    if (end.state === 'paid') await endPaid(tx, deps, { mandate, debit, end });
    if (end.state === 'closed') await endUnpaid(tx, deps, { mandate, debit, end });
    reach(deps, 'autopay.end.written');
  });
}

interface Ended {
  readonly mandate: Mandate;
  readonly debit: Debit;
  readonly end: PaymentEnd;
}

async function endPaid(tx: Tx, deps: AutopayDeps, { mandate, debit, end }: Ended): Promise<void> {
  const at = deps.clock.now();
  const { id: debitId, mandateId } = debit;
  await endDebit(tx, debitId, { state: 'paid', at, code: null });
  await planAgainAt(tx, mandateId, at);
  const { amountFen } = end;
  const { channel: actor } = mandate;
  await record(tx, { mandateId, debitId, kind: 'paid', actor, detail: { amountFen }, at });
  const { timeZone } = await companyOf(tx);
  const bills = await billsNow(tx, debitId);
  const amount = yuanText(amountFen);
  await tellPayer(tx, deps, {
    mandate,
    about: ['paid', debitId],
    templateKey: 'autopay.paid',
    unitIds: unitsOf(bills),
    variables: {
      amount: { zh: amount, en: amount },
      paidOn: dayWords(dayOf(end.paidAt ?? at, timeZone)),
      wallet: walletWords(actor),
    },
  });
}

/** A clear failure: another try, announced anew, or the payer's own affair from now on. */
async function endUnpaid(tx: Tx, deps: AutopayDeps, { mandate, debit, end }: Ended): Promise<void> {
  const at = deps.clock.now();
  const { id: debitId, mandateId } = debit;
  const { code, isRetried } = meaningOf(end.failureCode, end.closeReason);
  const bills = await billsNow(tx, debitId);
  const nextDebitOn =
    isRetried && mandate.state === 'active' ? await nextTry(tx, deps, debit, bills) : undefined;
  const closing = { code, channelCode: end.failureCode, nextDebitOn: nextDebitOn ?? null };
  await endDebit(tx, debitId, { state: 'failed', at, ...closing });
  const detail = { code, channelCode: end.failureCode };
  const { channel: actor } = mandate;
  await record(tx, { mandateId, debitId, kind: 'failed', actor, detail, at });
  // The wallet's word that it is over may not have reached us otherwise.
  if (code === 'mandate-ended' && mandate.state !== 'ended')
    await scheduleCheck(tx, mandateId, { at, checks: 0 });
  if (nextDebitOn !== undefined && (await planRetry(tx, deps, debit, bills, nextDebitOn))) return;
  await planAgainAt(tx, mandateId, at);
  if (code !== 'taken-over') await tellFailed(tx, deps, { mandate, debit, code, bills });
}

async function nextTry(
  tx: Tx,
  deps: AutopayDeps,
  debit: Debit,
  bills: readonly BillNow[],
): Promise<string | undefined> {
  const [home] = await unitNames(tx, unitsOf(bills));
  if (!home || chargeOf(bills).bills.length === 0) return undefined;
  const { timeZone } = await companyOf(tx);
  const now = deps.clock.now();
  const rule = (await ruleFinder(tx))(home.communityId);
  const wished = retryDay(rule, { tryNo: debit.tryNo, failedOn: dayOf(now, timeZone) });
  if (wished === undefined) return undefined;
  const notice = { noticeDays: 0, noticeMs, hours: debitHours, timeZone };
  return later(wished, firstPossibleDay(now, notice));
}

/** The failure and the next day are told in one message, which is the notice of the next try. */
async function planRetry(
  tx: Tx,
  deps: AutopayDeps,
  debit: Debit,
  bills: readonly BillNow[],
  debitOn: string,
): Promise<boolean> {
  const at = deps.clock.now();
  const { mandateId, firstId } = debit;
  const tryNo = debit.tryNo + 1;
  const charge = chargeOf(bills);
  const id = newId(at);
  const { amountFen } = charge;
  const isNew = await insertDebit(
    tx,
    { id, mandateId, firstId, tryNo, debitOn, amountFen, announceAt: at, createdAt: at },
    charge.bills.map(({ billId, unitId, openFen }) => ({ billId, unitId, amountFen: openFen })),
  );
  if (!isNew) return false;
  const detail = { debitOn, amountFen };
  await record(tx, { mandateId, debitId: id, kind: 'planned', actor: 'autopay', detail, at });
  return true;
}

async function tellFailed(
  tx: Tx,
  deps: AutopayDeps,
  failed: {
    readonly mandate: Mandate;
    readonly debit: Debit;
    readonly code: EndCode;
    readonly bills: readonly BillNow[];
  },
): Promise<void> {
  const { mandate, debit, code, bills } = failed;
  const amount = yuanText(debit.amountFen);
  await tellPayer(tx, deps, {
    mandate,
    about: ['failed', debit.id],
    templateKey: 'autopay.failed',
    unitIds: unitsOf(bills),
    variables: { amount: { zh: amount, en: amount }, reason: endWords[code] },
  });
}

function unitsOf(bills: readonly BillNow[]): string[] {
  return [...new Set(bills.map(({ unitId }) => unitId))];
}
