import { sql, type Tx } from '../src/platform/database/index.ts';
import type { ChannelBook, Check } from './invariant-check.ts';

/** The promises of the payment machine, as far as they are about money that goes back. */
export const refundChecks: readonly (readonly [string, Check])[] = [
  ['I1 income equals bills less reductions', income],
  ['I3 each refund is booked once', bookedOnce],
  ['I5 nothing is given back twice', within],
  ['I6 refunds only move forward', monotone],
  ['I9 one event per refund', events],
  ['I10 no refund is left undecided', settledDown],
];

async function income(tx: Tx): Promise<string[]> {
  const { booked, issued } = await tx.one(sql<{ booked: number; issued: number }>`
    select (
      select coalesce(sum(case when side.code = t.credit_code then t.amount_fen
        else -t.amount_fen end), 0)::bigint
      from ledger.pub_transfer as t
      cross join lateral (values (t.debit_code), (t.credit_code)) as side (code)
      where t.company_id = ${tx.companyId} and side.code ~ '^(revenue|deposit|agency):'
    ) as booked, (
      select coalesce(sum(bill.amount_fen - coalesce(reduced.fen, 0)), 0)::bigint
      from billing.pub_bill as bill
      left join (
        select bill_id, sum(amount_fen) as fen from billing.adjustment
        where company_id = ${tx.companyId} and kind in ('reduced', 'waived', 'corrected')
        group by bill_id
      ) as reduced on reduced.bill_id = bill.id
      where bill.company_id = ${tx.companyId} and bill.state = 'issued'
    ) as issued`);
  return booked === issued ? [] : [`income is ${booked}, bills come to ${issued}`];
}

/** What the channel gave back is in our books under one key, with its amount. */
async function bookedOnce(tx: Tx, book: ChannelBook, isQuiet: boolean): Promise<string[]> {
  const rows = await tx.many(sql<{ refundNo: string; outcome: string; amountFen: number }>`
    select split_part(replace(key, ':returned', ''), ':', -1) as "refundNo", outcome,
      amount_fen as "amountFen"
    from payment.refund_key
    where company_id = ${tx.companyId} and key not like '%:desk:%'
      and key not like 'bank-transfer:%'`);
  const odd = [...(book.refunds ?? [])].flatMap(([refundNo, theirs]) => {
    const ours = rows.filter((row) => row.refundNo === refundNo);
    const out = ours.filter(({ outcome }) => outcome !== 'returned');
    const net = ours.reduce(
      (all, row) => all + (row.outcome === 'returned' ? -row.amountFen : row.amountFen),
      0,
    );
    const wanted = theirs.state === 'refunded' ? theirs.amountFen : 0;
    if (out.length > 1) return [`${refundNo} is booked ${out.length}×`];
    if (isQuiet && net !== wanted) return [`${refundNo} is ${wanted} there and ${net} here`];
    return [];
  });
  const strange = rows
    .filter(({ refundNo }) => !book.refunds?.has(refundNo))
    .map(({ refundNo }) => `${refundNo} is booked, and the channel never made it`);
  const unposted = await tx.many(sql<{ id: string }>`
    select r.id from payment.refund as r
    left join ledger.pub_transfer as t on t.company_id = r.company_id and t.source_id = r.id
      and t.kind = 'payment.refund'
    where r.company_id = ${tx.companyId} and r.state in ('refunded', 'returned')
      and not (r.kind = 'adopted' and r.case_id is not null)
    group by r.id, r.amount_fen
    having coalesce(sum(t.amount_fen), 0) <> r.amount_fen`);
  return [...odd, ...strange, ...unposted.map(({ id }) => `refund ${id} is not posted in full`)];
}

/** Lines say what refunds reserved and gave back of them, to the fen. */
async function within(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select line.id from payment.allocation as line
    left join (
      select part.allocation_id, sum(part.amount_fen) filter (
          where r.state in ('refunded', 'returned')) as refunded,
        sum(part.amount_fen) filter (where r.state in
          ('requested', 'approved', 'processing', 'refused', 'failed')) as reserved
      from payment.refund_line as part
      join payment.refund as r on r.company_id = part.company_id and r.id = part.refund_id
      where part.company_id = ${tx.companyId}
      group by part.allocation_id
    ) as known on known.allocation_id = line.id
    where line.company_id = ${tx.companyId}
      and (line.refunded_fen <> coalesce(known.refunded, 0)
        or line.refund_reserved_fen <> coalesce(known.reserved, 0)
        or line.refunded_fen + line.refund_reserved_fen > line.settled_fen)`);
  const cases = await tx.many(sql<{ id: string }>`
    select case_id as id from payment.refund
    where company_id = ${tx.companyId} and case_id is not null
      and state not in ('rejected', 'cancelled')
    group by case_id having count(*) > 1`);
  return [
    ...rows.map(({ id }) => `line ${id} does not add up`),
    ...cases.map(({ id }) => `case ${id} is refunded twice`),
  ];
}

const allowed = new Set([
  'new>requested',
  'requested>approved',
  'requested>rejected',
  'requested>cancelled',
  'approved>processing',
  'approved>refunded',
  'approved>refused',
  'approved>failed',
  'approved>cancelled',
  'processing>processing',
  'processing>refunded',
  'processing>refused',
  'processing>failed',
  'processing>cancelled',
  'refused>processing',
  'refused>refunded',
  'refused>failed',
  'refused>cancelled',
  'failed>processing',
  'failed>refunded',
  'failed>cancelled',
  'refunded>returned',
]);

async function monotone(tx: Tx): Promise<string[]> {
  const steps = await tx.many(sql<{ refundId: string; step: string }>`
    select refund_id as "refundId", coalesce(from_state, 'new') || '>' || to_state as step
    from payment.refund_change
    where company_id = ${tx.companyId} and attempt_id is null`);
  const ends = await tx.many(sql<{ id: string; state: string }>`
    select r.id, r.state from payment.refund as r
    where r.company_id = ${tx.companyId} and not exists (
      select from payment.refund_change as c where c.company_id = r.company_id
        and c.refund_id = r.id and c.attempt_id is null and c.to_state = r.state)`);
  const two = await tx.many(sql<{ id: string }>`
    select id from payment.refund
    where company_id = ${tx.companyId} and decided_by_id = requested_by_id`);
  return [
    ...steps.filter(({ step }) => !allowed.has(step)).map((s) => `${s.refundId} went ${s.step}`),
    ...ends.map(({ id, state }) => `refund ${id} is ${state} without a record`),
    ...two.map(({ id }) => `refund ${id} was decided by who asked`),
  ];
}

async function events(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string; found: number }>`
    select r.id, count(event.id) as found from payment.refund as r
    left join platform.outbox as event on event.company_id = r.company_id
      and event.topic = 'payment.refunded' and event.payload->>'refundId' = r.id::text
    where r.company_id = ${tx.companyId} and r.state in ('refunded', 'returned')
    group by r.id having count(event.id) <> 1`);
  return rows.map(({ id, found }) => `refund ${id} has ${found} events`);
}

async function settledDown(tx: Tx, _book: ChannelBook, isQuiet: boolean): Promise<string[]> {
  if (!isQuiet) return [];
  const rows = await tx.many(sql<{ what: string; count: number }>`
    select 'refunds under way' as what, count(*) as count from payment.refund
    where company_id = ${tx.companyId} and state in ('approved', 'processing')
      and merchant_account_id is not null
    union all select 'live refund numbers', count(*) from payment.refund_attempt
    where company_id = ${tx.companyId} and ended_at is null
    union all select 'refund proofs not booked', count(*) from payment.unbooked_refund_proof
    where company_id = ${tx.companyId}`);
  return rows.filter(({ count }) => count > 0).map(({ what, count }) => `${count} ${what}`);
}
