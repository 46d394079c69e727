import { sql, type Tx } from '../src/platform/database/index.ts';
import type { Check } from './invariant-check.ts';

/** What autopay promises to its payers, whatever happened. */
export const autopayChecks: readonly (readonly [string, Check])[] = [
  ['autopay: a debit ends as its payment did', endsAsPaid],
  ['autopay: nothing is taken within a day of its notice', toldBefore],
  ['autopay: no debit starts after a stop', nothingAfterStop],
  ['autopay: limits are kept', limitsKept],
  ['autopay: a bill is paid by one debit', paidOnce],
];

async function endsAsPaid(tx: Tx, _book: unknown, isQuiet: boolean): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string; state: string; paid: string; fit: boolean }>`
    select debit.id, debit.state, payment.state as paid,
      payment.amount_fen = debit.charged_fen and payment.source = 'autopay' as fit
    from autopay.debit as debit
    join payment.payment as payment on payment.company_id = debit.company_id
      and payment.id = debit.payment_id
    where debit.company_id = ${tx.companyId}`);
  const wanted: Readonly<Record<string, string>> = { paid: 'paid', failed: 'closed' };
  const strays = await tx.many(sql<{ id: string }>`
    select payment.id from payment.payment as payment
    where payment.company_id = ${tx.companyId} and payment.source = 'autopay'
      and not exists (select from autopay.debit as debit
        where debit.company_id = payment.company_id and debit.payment_id = payment.id)`);
  return [
    ...strays.map(({ id }) => `payment ${id} is of no debit`),
    ...rows.flatMap(({ id, state, paid, fit }) => {
      if (!fit) return [`debit ${id} charged another amount than its payment`];
      if (state === 'started') return isQuiet && paid !== 'open' ? [`${id}: ${paid}, started`] : [];
      return wanted[state] === paid ? [] : [`debit ${id} is ${state}, its payment ${paid}`];
    }),
  ];
}

async function toldBefore(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from autopay.debit
    where company_id = ${tx.companyId} and started_at is not null
      and (noticed_at is null or channel_noticed_at is null
        or started_at < noticed_at + interval '24 hours'
        or started_at < channel_noticed_at + interval '24 hours')`);
  return rows.map(({ id }) => id);
}

async function nothingAfterStop(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select debit.id from autopay.debit as debit
    join autopay.mandate as mandate on mandate.company_id = debit.company_id
      and mandate.id = debit.mandate_id
    where debit.company_id = ${tx.companyId} and debit.started_at > mandate.stopped_at`);
  return rows.map(({ id }) => id);
}

async function limitsKept(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string; month: string }>`
    select mandate.id, to_char(debit.debit_on, 'YYYY-MM') as month
    from autopay.debit as debit
    join autopay.mandate as mandate on mandate.company_id = debit.company_id
      and mandate.id = debit.mandate_id
    where debit.company_id = ${tx.companyId} and debit.state in ('started', 'paid')
    group by mandate.id, mandate.signed_debit_fen, mandate.signed_month_fen,
      to_char(debit.debit_on, 'YYYY-MM')
    having sum(debit.charged_fen) > mandate.signed_month_fen
      or max(debit.charged_fen) > mandate.signed_debit_fen`);
  return rows.map(({ id, month }) => `mandate ${id} in ${month}`);
}

async function paidOnce(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ billId: string }>`
    select line.bill_id as "billId"
    from autopay.debit_bill as line
    join autopay.debit as debit on debit.company_id = line.company_id
      and debit.id = line.debit_id and debit.state in ('started', 'paid')
    join payment.allocation as part on part.company_id = debit.company_id
      and part.payment_id = debit.payment_id and part.bill_id = line.bill_id
    join billing.bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    where line.company_id = ${tx.companyId}
    group by line.bill_id, bill.amount_fen
    having sum(part.amount_fen) > bill.amount_fen`);
  return rows.map(({ billId }) => billId);
}
