import type { DeskMethod } from '@wuye-pay/contract';
import { type Statement, sql, type Tx } from '../platform/database/index.ts';
import { type Check, type CheckResult, failure, maxFindings, type Words, yuanOf } from './check.ts';

/** What is issued, less what refunds and staff took off the charge, and open, by community and fee item. */
const publishedBills = sql`
  select bill.company_id, bill.community_id, bill.fee_item_id,
    bill.amount_fen - coalesce((
      select sum(reduced.amount_fen) from billing.adjustment as reduced
      where reduced.company_id = bill.company_id and reduced.bill_id = bill.id
        and reduced.kind in ('reduced', 'waived', 'corrected')), 0) as charged_fen,
    bill.amount_fen - bill.paid_fen - bill.waived_fen as open_fen
  from billing.bill as bill
  join billing.bill_run as run on run.company_id = bill.company_id and run.id = bill.run_id
  where run.state = 'published' and bill.state = 'issued'`;

/** Trades as they were booked; one that the channel's own books corrected counts as corrected. */
const bookedTrades = sql`
  select booked.company_id, split_part(booked.key, ':', 1) as channel,
    split_part(booked.key, ':', 2) as place, booked.amount_fen, booked.payment_id
  from payment.proof_key as booked
  where not exists (
    select from payment.proof_key as corrected
    where corrected.company_id = booked.company_id
      and corrected.key = booked.key || ':corrected')`;

/** Money that went back, and money of refunds that came back to us, where it lay. */
const bookedRefunds = sql`
  select booked.company_id, split_part(booked.key, ':', 1) as channel,
    split_part(booked.key, ':', 2) as place, booked.refund_id,
    booked.amount_fen * case booked.outcome when 'returned' then 1 else -1 end as amount_fen
  from payment.refund_key as booked`;

export const receivables = controlAccount({
  title: { zh: '应收科目 = 未收账单', en: 'Receivables equal the open bills' },
  kinds: ['receivable'],
  subLedger: (companyId) => sql`
    select community_id || ':' || fee_item_id as keys, sum(open_fen) as fen
    from (${publishedBills}) as bill where company_id = ${companyId} group by 1`,
});

export const issued = controlAccount({
  title: {
    zh: '收入、押金、代收科目 = 已发布账单减冲减',
    en: 'Income accounts equal the issued bills less what was taken off',
  },
  kinds: ['revenue', 'deposit', 'agency'],
  subLedger: (companyId) => sql`
    select community_id || ':' || fee_item_id as keys, sum(charged_fen) as fen
    from (${publishedBills}) as bill where company_id = ${companyId} group by 1`,
});

export const channels = controlAccount({
  title: {
    zh: '渠道科目 = 已入账的收款与退款凭据',
    en: 'Channel accounts equal the booked proofs of payments and refunds',
  },
  kinds: ['channel'],
  subLedger: (companyId) => sql`
    select place as keys, sum(amount_fen) as fen from (
      select company_id, place, channel, amount_fen from (${bookedTrades}) as trade
      union all
      select company_id, place, channel, amount_fen from (${bookedRefunds}) as back
    ) as moved
    where company_id = ${companyId} and place <> 'desk' and channel <> 'bank-transfer' group by 1`,
});

export const banks = controlAccount({
  title: {
    zh: '银行科目 = 已入账的银行到账减退款',
    en: 'Bank accounts equal the booked entries less refunds',
  },
  kinds: ['bank'],
  subLedger: (companyId) => sql`
    select keys, sum(fen) as fen from (
      select account_id::text as keys, amount_fen as fen from bank.entry
      where company_id = ${companyId} and state in ('matched', 'split', 'suspense')
      union all
      select place, amount_fen from (${bookedRefunds}) as back
      where company_id = ${companyId} and channel = 'bank-transfer'
    ) as moved group by 1`,
});

export const cash = deskAccounts('cash', {
  zh: '现金科目 = 前台现金收款',
  en: 'Cash accounts equal the cash taken at the desk',
});

export const cheques = deskAccounts('cheque', {
  zh: '支票科目 = 前台支票收款',
  en: 'Cheque accounts equal the cheques taken at the desk',
});

export const slips = deskAccounts('pos', {
  zh: 'POS 科目 = 前台刷卡收款',
  en: 'POS accounts equal the slips taken at the desk',
});

function deskAccounts(method: DeskMethod, title: Words): Check {
  return controlAccount({
    title,
    kinds: [method],
    subLedger: (companyId) => sql`
      select payment.community_id::text as keys, sum(moved.amount_fen) as fen
      from (
        select company_id, place, channel, payment_id, amount_fen from (${bookedTrades}) as trade
        union all
        select back.company_id, back.place, back.channel, refund.payment_id, back.amount_fen
        from (${bookedRefunds}) as back
        join payment.refund as refund
          on refund.company_id = back.company_id and refund.id = back.refund_id
      ) as moved
      left join payment.payment as payment
        on payment.company_id = moved.company_id and payment.id = moved.payment_id
      where moved.company_id = ${companyId} and moved.place = 'desk' and moved.channel = ${method}
      group by 1`,
  });
}

export const prepayments = controlAccount({
  title: { zh: '预存科目 = 各房屋预存余额', en: 'Prepayment accounts equal the balances of units' },
  kinds: ['prepayment'],
  subLedger: (companyId) => sql`
    select community_id::text as keys, sum(balance_fen) as fen
    from prepayment.balance where company_id = ${companyId} group by 1`,
});

export const suspense = controlAccount({
  title: { zh: '挂账科目 = 未处理的挂账', en: 'Suspense equals the open cases' },
  kinds: ['suspense'],
  subLedger: (companyId) => sql`
    select '' as keys, sum((amount_fen - resolved_fen)
      * case direction when 'in' then 1 else -1 end) as fen
    from payment.surplus where company_id = ${companyId} and state = 'open' group by 1`,
});

interface ControlAccount {
  readonly title: Words;
  readonly kinds: readonly string[];
  /** Selects the keys of an account, joined by colons, and its fen. */
  readonly subLedger: (companyId: string) => Statement;
}

interface Comparison {
  readonly keys: string;
  readonly ledgerFen: string;
  readonly otherFen: string;
}

function controlAccount({ title, kinds, subLedger }: ControlAccount): Check {
  return { title, run: async (tx) => report(kinds, await compare(tx, kinds, subLedger)) };
}

async function compare(
  tx: Tx,
  kinds: readonly string[],
  subLedger: (companyId: string) => Statement,
): Promise<Comparison[]> {
  return await tx.many(sql<Comparison>`
    with moved as (
      select transfer.company_id, side.account_id, side.on_debit_fen
      from ledger.transfer as transfer
      cross join lateral (values
        (transfer.debit_account_id, transfer.amount_fen),
        (transfer.credit_account_id, -transfer.amount_fen)) as side (account_id, on_debit_fen)
      where transfer.company_id = ${tx.companyId} and transfer.day >= '2000-01-01'),
    balance as (
      select substr(account.code, length(account.kind) + 2) as keys, sum(
        case account.normal_side when 'debit' then 1 else -1 end * moved.on_debit_fen) as fen
      from ledger.account as account
      join moved on moved.company_id = account.company_id and moved.account_id = account.id
      where account.company_id = ${tx.companyId} and account.kind = any (${kinds})
      group by 1),
    sub_ledger as (${subLedger(tx.companyId)})
    select coalesce(balance.keys, sub_ledger.keys) as keys,
      coalesce(balance.fen, 0)::text as "ledgerFen", coalesce(sub_ledger.fen, 0)::text as "otherFen"
    from balance full join sub_ledger on sub_ledger.keys = balance.keys
    order by 1`);
}

function report(kinds: readonly string[], rows: readonly Comparison[]): CheckResult {
  const total = rows.reduce((sum, { ledgerFen }) => sum + BigInt(ledgerFen), 0n);
  const yuan = yuanOf(String(total));
  return {
    seen: {
      zh: `${rows.length} 个科目，余额共 ${yuan} 元`,
      en: `${rows.length} accounts, ${yuan} yuan in all`,
    },
    findings: rows
      .filter(({ ledgerFen, otherFen }) => ledgerFen !== otherFen)
      .slice(0, maxFindings)
      .map(({ keys, ledgerFen, otherFen }) => {
        const name = [kinds.join('/'), keys].filter(Boolean).join(':');
        const [ledger, other] = [yuanOf(ledgerFen), yuanOf(otherFen)];
        return failure(
          `${name}：总账 ${ledger} 元，明细 ${other} 元`,
          `${name}: ${ledger} yuan in the ledger, ${other} in the sub-ledger`,
        );
      }),
  };
}
