import type {
  RefundAction,
  RefundAttemptView,
  RefundDetail,
  RefundLine,
  RefundProofView,
  RefundView,
} from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import type { Static } from 'typebox';
import type { StaffActor } from '../../../platform/actor.ts';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { channelWords } from '../channel-label.ts';
import { maskPayer } from '../domain/mask-payer.ts';
import { obstacleTo, type RefundFacts } from '../domain/refund.ts';
import { actionsOf } from '../domain/refund-actions.ts';
import { effectsOf } from '../domain/refund-effects.ts';
import { type RefundChangeRow, refundTimeline } from '../domain/refund-timeline.ts';
import { firstDayOf, postingsOf } from './evidence.ts';
import { instants } from './instants.ts';
import { type RefundRow, refundColumns, refundTables, refundViewOf } from './list-refunds.ts';
import { billsNow } from './refund-bills.ts';

type Line = Static<typeof RefundLine>;
type Proof = Static<typeof RefundProofView>;

interface Extra {
  readonly voucherNo: string | null;
  readonly payeeName: string | null;
  readonly payoutNote: string | null;
  readonly requestedById: string | null;
  readonly isByHand: boolean;
}

/** Everything about one refund, as one reader may act on it. */
export async function refundDetail(
  tx: Tx,
  refundId: string,
  reader: { readonly actor: StaffActor; readonly now: Date },
): Promise<RefundDetail | undefined> {
  const row = await tx.maybe(sql<RefundRow & Extra>`
    select ${refundColumns}, r.voucher_no as "voucherNo", r.payee_name as "payeeName",
      r.payout_note as "payoutNote", r.requested_by_id as "requestedById",
      r.merchant_account_id is null as "isByHand"
    ${refundTables}
    where r.company_id = ${tx.companyId} and r.id = ${refundId}`);
  if (!row) return undefined;
  const { requestedById, isByHand, voucherNo, payeeName, payoutNote, ...rest } = row;
  const view = refundViewOf(rest);
  const since = rest.requestedAt;
  const [lines, attempts, proofs, changes] = await Promise.all([
    linesOf(tx, refundId),
    attemptsOf(tx, refundId),
    proofsOf(tx, refundId, since),
    changesOf(tx, refundId),
  ]);
  const sources = view.caseId === null ? [refundId] : [refundId, view.caseId];
  const postings = await postingsOf(tx, sources, since);
  const facts = { ...view, requestedById, isByHand, attempt: factsOfAttempt(attempts) };
  return {
    ...view,
    voucherNo,
    payeeName,
    payoutNote,
    lines,
    effects: await planOf(tx, view, { lines, isByHand }),
    attempts,
    proofs,
    postings,
    timeline: refundTimeline({ channel: view.channel, changes, proofs }),
    allowedActions: allowedTo(facts, reader),
  };
}

function factsOfAttempt(attempts: readonly RefundAttemptView[]): RefundFacts['attempt'] {
  const attempt = attempts.at(-1);
  return attempt && { ...attempt, requestedAt: new Date(attempt.requestedAt) };
}

function allowedTo(
  facts: RefundFacts,
  { actor, now }: { readonly actor: StaffActor; readonly now: Date },
): RefundAction[] {
  const can = (permission: string) => actor.permissions.has(permission);
  return actionsOf(can, (action) => obstacleTo(action, facts, { id: actor.id, now }));
}

async function planOf(
  tx: Tx,
  view: RefundView,
  { lines, isByHand }: { readonly lines: readonly Line[]; readonly isByHand: boolean },
): Promise<RefundDetail['effects']> {
  const bills = await billsNow(
    tx,
    lines.map(({ billId }) => billId),
  );
  const open = new Map(bills.map(({ billId, openFen }) => [billId, openFen]));
  const isDone = view.state === 'refunded' || view.state === 'returned';
  return effectsOf({
    label: channelWords(view.channel),
    isByHand,
    isAdopted: view.kind === 'adopted',
    amountFen: fen(view.amountFen),
    topUpFen: fen(view.topUpFen),
    billEffect: view.billEffect,
    lines: lines.map((line) => {
      const openFen = open.get(line.billId) ?? 0;
      // What is open now holds the refund already when it is done.
      const before = isDone && view.billEffect === 'reopen' ? openFen - line.amountFen : openFen;
      return { ...line, amountFen: fen(line.amountFen), openFen: fen(before) };
    }),
    caseNo: view.caseNo,
  });
}

async function linesOf(tx: Tx, refundId: string): Promise<Line[]> {
  return await tx.many(sql<Line>`
    select line.bill_id as "billId", item.name as "feeItemName", bill.month,
      bill.period_start as "periodStart", bill.period_end as "periodEnd",
      line.amount_fen as "amountFen", settled.settled_fen as "settledFen",
      settled.refunded_fen as "refundedFen"
    from payment.refund_line as line
    join payment.allocation as settled on settled.company_id = line.company_id
      and settled.id = line.allocation_id
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    join charging.pub_fee_item as item on item.company_id = line.company_id
      and item.id = settled.fee_item_id
    where line.company_id = ${tx.companyId} and line.refund_id = ${refundId}
    order by bill.period_start, line.bill_id`);
}

type AttemptTimes = 'requestedAt' | 'nextCheckAt' | 'lastAnswerAt' | 'endedAt';

async function attemptsOf(tx: Tx, refundId: string): Promise<RefundAttemptView[]> {
  const rows = await tx.many(sql<
    Omit<RefundAttemptView, AttemptTimes> & {
      readonly requestedAt: Date;
      readonly nextCheckAt: Date | null;
      readonly lastAnswerAt: Date | null;
      readonly endedAt: Date | null;
    }
  >`
    select id, refund_no as "refundNo", state, requested_at as "requestedAt", sends, checks,
      next_check_at as "nextCheckAt", last_answer as "lastAnswer",
      last_answer_at as "lastAnswerAt", ended_at as "endedAt", code, message,
      channel_refund_no as "channelRefundNo"
    from payment.refund_attempt
    where company_id = ${tx.companyId} and refund_id = ${refundId}
    order by id`);
  return rows.map((row) =>
    instants(row, ['requestedAt', 'nextCheckAt', 'lastAnswerAt', 'endedAt']),
  );
}

async function proofsOf(tx: Tx, refundId: string, since: Date): Promise<Proof[]> {
  const rows = await tx.many(sql<Omit<Proof, 'receivedAt'> & { receivedAt: Date }>`
    select id, source, refund_no as "refundNo", channel_refund_no as "channelRefundNo",
      amount_fen as "amountFen", received_at as "receivedAt", body
    from payment.refund_proof
    where company_id = ${tx.companyId} and day >= ${firstDayOf(since)} and refund_no in (
      select refund_no from payment.refund_attempt
      where company_id = ${tx.companyId} and refund_id = ${refundId}
      union all
      select voucher_no from payment.refund
      where company_id = ${tx.companyId} and id = ${refundId} and voucher_no is not null)
    order by received_at, id limit 100`);
  return rows.map((row) => ({
    ...instants(row, ['receivedAt']),
    body: row.body === null ? null : maskPayer(row.body),
  }));
}

async function changesOf(tx: Tx, refundId: string): Promise<RefundChangeRow[]> {
  return await tx.many(sql<RefundChangeRow>`
    select change.attempt_id as "attemptId", attempt.refund_no as "refundNo",
      change.to_state as "to", change.reason, change.note, change.actor, change.at
    from payment.refund_change as change
    left join payment.refund_attempt as attempt on attempt.company_id = change.company_id
      and attempt.id = change.attempt_id
    where change.company_id = ${tx.companyId} and change.refund_id = ${refundId}
    order by change.at, change.attempt_id is not null, change.id
    limit 200`);
}
