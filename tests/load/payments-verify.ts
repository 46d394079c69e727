import type pg from 'pg';
import { scene } from './payments-seed.ts';

/** Rows that belong to confirmed payments, by table. */
export type RowCounts = Readonly<Record<string, number>>;

/**
 * Looks at every order: those that were confirmed are settled exactly once, with their amount, on
 * their accounts; the others are untouched. @throws Error with what was found otherwise
 */
export async function verifyOrders(
  owner: pg.Client,
  confirmed: readonly (readonly [first: number, count: number])[],
): Promise<RowCounts> {
  await owner.query('create temporary table if not exists wanted (n bigint primary key)');
  await owner.query('truncate wanted');
  for (const [first, count] of confirmed) {
    await owner.query('insert into wanted select generate_series($1::bigint, $2::bigint)', [
      first,
      first + count - 1,
    ]);
  }
  const company = `'${scene.companyId}'::uuid`;
  const { rows } = await owner.query<{ n: string }>(`
    select o.n from bench.orders as o
    left join wanted as w on w.n = o.n
    join payment.payment as p on p.company_id = ${company} and p.id = o.payment_id
    join payment.attempt as a on a.company_id = ${company} and a.id = o.attempt_id
    join payment.allocation as l on l.company_id = ${company} and l.payment_id = o.payment_id
    join billing.bill as b on b.company_id = ${company} and b.id = o.bill_id
    left join billing.hold as h on h.company_id = ${company} and h.id = o.bill_id
    left join payment.proof_key as k on k.company_id = ${company} and k.key = o.key
    left join lateral (
      select count(*) as times, sum(t.amount_fen) as fen,
        bool_and(t.debit_account_id = o.debit_id and t.credit_account_id = o.credit_id) as placed
      from ledger.posting as q
      join ledger.transfer as t on t.company_id = q.company_id and t.posting_id = q.id
      where q.company_id = ${company} and q.source_id = o.payment_id) as moved on true
    where not (case when w.n is not null
      then p.state = 'paid' and a.state = 'paid' and a.channel_trade_no = o.trade_no
        and l.settled_fen = o.amount_fen and b.paid_fen = o.amount_fen and h.id is null
        and k.outcome = 'settled' and k.amount_fen = o.amount_fen and k.payment_id = p.id
        and moved.times = 1 and moved.fen = o.amount_fen and moved.placed
      else p.state = 'open' and a.state = 'pending' and l.settled_fen = 0 and b.paid_fen = 0
        and h.payment_id = p.id and k.id is null and moved.times = 0 end)
    limit 5`);
  if (rows.length > 0) {
    throw new Error(`not settled exactly once: orders ${rows.map(({ n }) => n).join(', ')}`);
  }
  const counts = await countRows(owner);
  const total = confirmed.reduce((sum, [, count]) => sum + count, 0);
  for (const [table, count] of Object.entries(counts)) {
    const expected = table === 'state_change' ? 2 * total : table in left ? 0 : total;
    if (count !== expected) throw new Error(`${table}: ${count} rows for ${total} payments`);
  }
  return counts;
}

/** Tables in which nothing may be left. */
const left = { surplus: true, unbooked_proof: true };

async function countRows(owner: pg.Client): Promise<RowCounts> {
  const { rows } = await owner.query<Record<string, string>>(`select
    (select count(*) from payment.proof) as proof,
    (select count(*) from payment.proof_key) as proof_key,
    (select count(*) from ledger.posting where kind = 'payment.collect') as posting,
    (select count(*) from ledger.transfer as t join ledger.posting as p
      on p.company_id = t.company_id and p.id = t.posting_id and p.kind = 'payment.collect')
      as transfer,
    (select count(*) from platform.outbox where topic = 'payment.paid') as outbox,
    (select count(*) from payment.state_change where to_state = 'paid') as state_change,
    (select count(*) from payment.surplus) as surplus,
    (select count(*) from payment.unbooked_proof) as unbooked_proof`);
  return Object.fromEntries(
    Object.entries(rows[0] ?? {}).map(([table, count]) => [table, Number(count)]),
  );
}

/**
 * When each order was settled: the database's own time of the commit that booked it, in
 * milliseconds since 1970. It is taken as the commit is written, before it is flushed.
 */
export async function settledAt(
  owner: pg.Client,
  first: number,
  count: number,
): Promise<Map<number, number>> {
  const { rows } = await owner.query<{ n: string; ms: string }>(
    `select o.n, extract(epoch from pg_xact_commit_timestamp(k.xmin)) * 1000 as ms
    from bench.orders as o join payment.proof_key as k on k.company_id = $3 and k.key = o.key
    where o.n >= $1 and o.n < $2`,
    [first, first + count, scene.companyId],
  );
  return new Map(rows.map(({ n, ms }) => [Number(n), Number(ms)]));
}
