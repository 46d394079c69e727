import { type Statement, sql } from '../platform/database/index.ts';
import type { Words } from './check.ts';

/** A statement of one text column that finds what breaks the rule. */
export interface PostingRule {
  /** Before the subject. */
  readonly words: Words;
  readonly statement: Statement;
}

/** What moves money has its posting, and the other way round. */
export function postingRules(companyId: string): PostingRule[] {
  return [
    ...ofPayments(companyId),
    ...ofRefunds(companyId),
    ...ofBills(companyId),
    ...ofPrepayments(companyId),
    ...ofPostings(companyId),
  ];
}

/** How a case came into the books by itself. */
const caseKinds = ['payment.surplus', 'payment.refund-unasked', 'payment.refund-returned'];

function ofPayments(companyId: string): PostingRule[] {
  return [
    {
      words: { zh: '已支付但没有记账：支付 ', en: 'paid and not posted: payment ' },
      statement: sql`
        select payment.id::text from payment.payment as payment
        where payment.company_id = ${companyId} and payment.state = 'paid'
          and not ${isPosted(companyId, sql`payment.id`, ['payment.collect'])}`,
    },
    {
      words: { zh: '已支付与记账金额不等：支付 ', en: 'posted with another amount: payment ' },
      statement: sql`
        select payment.id::text from payment.payment as payment
        join ledger.posting as posting on posting.company_id = payment.company_id
          and posting.source_id = payment.id and posting.kind = 'payment.collect'
        join ledger.transfer as transfer on transfer.company_id = posting.company_id
          and transfer.posting_id = posting.id and transfer.day >= '2000-01-01'
        where payment.company_id = ${companyId}
        group by payment.id, payment.amount_fen
        having sum(transfer.amount_fen) <> payment.amount_fen`,
    },
    {
      words: { zh: '挂账没有记账：', en: 'not posted: case ' },
      statement: sql`
        select surplus.case_no from payment.surplus as surplus
        where surplus.company_id = ${companyId}
          and not ${isPosted(companyId, sql`surplus.id`, caseKinds)}
          and not exists (
            select from payment.proof_key as booked where booked.company_id = ${companyId}
              and booked.surplus_id = surplus.id and booked.outcome = 'split'
              and ${isPosted(companyId, sql`booked.payment_id`, ['payment.collect'])})`,
    },
  ];
}

function ofRefunds(companyId: string): PostingRule[] {
  return [
    {
      words: { zh: '已退款与记账金额不等：退款 ', en: 'refunded and not posted in full: refund ' },
      // What offsets a case with a refund that was made without us moves no account.
      statement: sql`
        select refund.refund_name from payment.refund as refund
        left join ledger.posting as posting on posting.company_id = refund.company_id
          and posting.source_id = refund.id and posting.kind = 'payment.refund'
        left join ledger.transfer as transfer on transfer.company_id = posting.company_id
          and transfer.posting_id = posting.id and transfer.day >= '2000-01-01'
        where refund.company_id = ${companyId} and refund.state in ('refunded', 'returned')
          and not (refund.kind = 'adopted' and refund.case_id is not null)
        group by refund.id, refund.refund_name, refund.amount_fen
        having coalesce(sum(transfer.amount_fen), 0) <> refund.amount_fen`,
    },
    {
      words: { zh: '由同一人申请和审批：退款 ', en: 'asked for and approved by one: refund ' },
      statement: sql`
        select refund.refund_name from payment.refund as refund
        where refund.company_id = ${companyId} and refund.decided_by_id = refund.requested_by_id`,
    },
  ];
}

function ofBills(companyId: string): PostingRule[] {
  return [
    {
      words: { zh: '已发布的账单没有记账：批次 ', en: 'not posted: bill run ' },
      statement: sql`
        select run.id::text from billing.bill_run as run
        where run.company_id = ${companyId} and run.state <> 'draft'
          and exists (select from billing.bill as bill
            where bill.company_id = run.company_id and bill.run_id = run.id)
          and not (${isPosted(companyId, sql`run.id`, ['billing.issue'])}
            and (run.state = 'published'
              or ${isPosted(companyId, sql`run.id`, ['billing.void'])}))`,
    },
    {
      words: { zh: '账单调整与记账金额不等：', en: 'not posted in full: change of bill ' },
      statement: sql`
        select change.bill_id::text from billing.adjustment_request as change
        left join ledger.posting as posting on posting.company_id = change.company_id
          and posting.source_id = change.id and posting.kind = 'billing.adjust'
        left join ledger.transfer as transfer on transfer.company_id = posting.company_id
          and transfer.posting_id = posting.id and transfer.day >= '2000-01-01'
        where change.company_id = ${companyId} and change.state = 'applied'
        group by change.id, change.bill_id, change.amount_fen
        having coalesce(sum(transfer.amount_fen), 0) <> change.amount_fen`,
    },
  ];
}

/** A run, or a use by hand: its movements and its posting are the same amount. */
function ofPrepayments(companyId: string): PostingRule[] {
  return [
    {
      words: { zh: '预存抵缴与记账金额不等：', en: 'balances used and not posted in full: ' },
      statement: sql`
        select coalesce(moved.source_id, posted.source_id)::text
        from (
          select source_id, kind, abs(sum(amount_fen)) as fen from prepayment.movement
          where company_id = ${companyId} and kind in ('use', 'return')
          group by source_id, kind) as moved
        full join (
          select posting.source_id, replace(posting.kind, 'prepayment.', '') as kind,
            sum(transfer.amount_fen) as fen
          from ledger.posting as posting
          join ledger.transfer as transfer on transfer.company_id = posting.company_id
            and transfer.posting_id = posting.id and transfer.day >= '2000-01-01'
          where posting.company_id = ${companyId}
            and posting.kind in ('prepayment.use', 'prepayment.return')
          group by posting.source_id, posting.kind) as posted
          on posted.source_id = moved.source_id and posted.kind = moved.kind
        where moved.fen is distinct from posted.fen`,
    },
  ];
}

function ofPostings(companyId: string): PostingRule[] {
  return [
    {
      words: { zh: '凭证找不到对应业务：', en: 'without its fact: posting ' },
      statement: sql`
        select posting.key from ledger.posting as posting
        where posting.company_id = ${companyId} and case
          when posting.kind = 'billing.adjust' then not exists (
            select from billing.adjustment_request as change
            where change.company_id = ${companyId} and change.id = posting.source_id
              and change.state = 'applied')
          when posting.kind like 'billing.%' then not exists (
            select from billing.bill_run as run where run.company_id = ${companyId}
              and run.id = posting.source_id and run.state = case posting.kind
                when 'billing.void' then 'voided' else run.state end and run.state <> 'draft')
          when posting.kind like 'prepayment.%' then not exists (
            select from prepayment.movement as moved where moved.company_id = ${companyId}
              and moved.source_id = posting.source_id)
          when posting.kind = 'payment.collect' then not exists (
            select from payment.payment as payment where payment.company_id = ${companyId}
              and payment.id = posting.source_id and payment.state = 'paid')
          when posting.kind = 'payment.refund' then not exists (
            select from payment.refund as refund where refund.company_id = ${companyId}
              and refund.id = posting.source_id and refund.state in ('refunded', 'returned'))
          else not exists (
            select from payment.surplus as surplus where surplus.company_id = ${companyId}
              and surplus.id = posting.source_id)
          end`,
    },
  ];
}

function isPosted(companyId: string, source: Statement, kinds: readonly string[]): Statement {
  return sql`exists (
    select from ledger.posting as posting where posting.company_id = ${companyId}
      and posting.source_id = ${source} and posting.kind = any (${kinds}))`;
}
