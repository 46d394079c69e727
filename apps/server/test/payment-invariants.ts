import { controlTotals } from '../src/modules/billing/index.ts';
import { sql, type Tx } from '../src/platform/database/index.ts';
import { autopayChecks } from './autopay-invariants.ts';
import type { TestSystem } from './harness.ts';
import type { ChannelBook, Check } from './invariant-check.ts';
import { refundChecks } from './refund-invariants.ts';

export type { ChannelBook } from './invariant-check.ts';

export interface InvariantOptions {
  /** Nothing is under way any more: everything must be decided. On unless switched off. */
  readonly isQuiet?: boolean;
}

/**
 * Checks the promises of the payment machine on one company and throws with every broken one:
 * I1 conserved, I3 booked once, I4 as the channel's own book, I5 never over, I6 states only move
 * forward, I7 append-only, I9 one event per fact, I10 nothing left undecided.
 */
export async function checkInvariants(
  { system, companyId }: { readonly system: Pick<TestSystem, 'deps'>; readonly companyId: string },
  book: ChannelBook,
  options: InvariantOptions = {},
): Promise<void> {
  const isQuiet = options.isQuiet !== false;
  const broken: string[] = [];
  await system.deps.db.read(companyId, async (tx) => {
    for (const [name, check] of checks) {
      for (const problem of await check(tx, book, isQuiet)) broken.push(`${name}: ${problem}`);
    }
  });
  if (broken.length > 0) throw new Error(`invariants broken:\n${broken.join('\n')}`);
}

const checks: readonly (readonly [string, Check])[] = [
  ['I1 receivables equal open bills', receivables],
  ['I1 suspense equals open cases', suspense],
  ['I2 balances', balances],
  ['I3 each trade is booked once', bookedOnce],
  ['I4 our channel balance equals its book', channelBalance],
  ['I5 no bill is over-collected', neverOver],
  ['I6 states only move forward', monotone],
  ['I9 one event per fact', events],
  ['I10 nothing is left undecided', settledDown],
  ...refundChecks,
  ...autopayChecks,
];

async function balanceOf(tx: Tx, code: string): Promise<number> {
  const row = await tx.one(sql<{ balance: number }>`
    select coalesce(sum(
      case when debit_code = ${code} then amount_fen else -amount_fen end), 0)::bigint as balance
    from ledger.pub_transfer
    where company_id = ${tx.companyId} and (debit_code = ${code} or credit_code = ${code})`);
  return row.balance;
}

async function receivables(tx: Tx): Promise<string[]> {
  const booked = await tx.many(sql<{ code: string; balance: number }>`
    select account.code, sum(case when account.code = t.debit_code then t.amount_fen
      else -t.amount_fen end)::bigint as balance
    from ledger.pub_transfer as t
    cross join lateral (values (t.debit_code), (t.credit_code)) as account (code)
    where t.company_id = ${tx.companyId} and account.code like 'receivable:%'
    group by account.code`);
  const open = new Map(
    (await controlTotals(tx)).map((total) => [
      `receivable:${total.communityId}:${total.feeItemId}`,
      Number(total.openFen),
    ]),
  );
  return booked.flatMap(({ code, balance }) =>
    balance === (open.get(code) ?? 0) ? [] : [`${code} is ${balance}, bills ${open.get(code)}`],
  );
}

async function suspense(tx: Tx): Promise<string[]> {
  const held = -(await balanceOf(tx, 'suspense'));
  const { cases } = await tx.one(sql<{ cases: number }>`
    select coalesce(sum((amount_fen - resolved_fen)
      * case direction when 'in' then 1 else -1 end), 0)::bigint as cases
    from payment.surplus where company_id = ${tx.companyId}`);
  return held === cases ? [] : [`suspense holds ${held}, cases ${cases}`];
}

/** Never negative is the database's promise; that they are what moved them, and booked, is here. */
async function balances(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ communityId: string; sum: number; moved: number }>`
    select balance.community_id as "communityId", sum(balance.balance_fen)::bigint as sum,
      coalesce(sum(moved.fen), 0)::bigint as moved
    from prepayment.balance as balance
    left join lateral (
      select sum(amount_fen) as fen from prepayment.movement
      where company_id = balance.company_id and unit_id = balance.id) as moved on true
    where balance.company_id = ${tx.companyId}
    group by balance.community_id`);
  const broken = await Promise.all(
    rows.map(async ({ communityId, sum, moved }) => {
      const booked = -(await balanceOf(tx, `prepayment:${communityId}`));
      const isRight = sum === moved && sum === booked;
      return isRight ? [] : [`${communityId} has ${sum}, moved ${moved}, booked ${booked}`];
    }),
  );
  return broken.flat();
}

async function bookedOnce(tx: Tx, book: ChannelBook, isQuiet: boolean): Promise<string[]> {
  const rows = await tx.many(sql<{ tradeNo: string; amount: number; keys: number }>`
    select split_part(t.key, ':', 4) as "tradeNo", count(distinct t.key) as keys,
      sum(case when t.debit_code like 'channel:%' then t.amount_fen else -t.amount_fen end)::bigint
        as amount
    from ledger.pub_transfer as t
    where t.company_id = ${tx.companyId}
      and (t.debit_code like 'channel:%' or t.credit_code like 'channel:%')
      and t.kind in ('payment.collect', 'payment.surplus')
    group by 1`);
  const booked = new Map(rows.map((row) => [row.tradeNo, row]));
  const trades = new Map(book.trades().map((trade) => [trade.tradeNo, trade.amountFen]));
  const twice = rows.flatMap(({ tradeNo, keys, amount }) => {
    // A corrected trade has two keys, and the first one is reversed.
    const isOnce = keys === 1 && amount === trades.get(tradeNo);
    return isOnce || keys === 2
      ? []
      : [`trade ${tradeNo} is booked as ${amount} under ${keys} keys`];
  });
  const missing = isQuiet
    ? [...trades].flatMap(([no, amount]) => (booked.has(no) ? [] : [`${no} of ${amount} is lost`]))
    : [];
  return [...twice, ...missing];
}

async function channelBalance(tx: Tx, book: ChannelBook, isQuiet: boolean): Promise<string[]> {
  const ours = await balanceOf(tx, `channel:${book.account.id}`);
  const collected = book.trades().reduce((all, { amountFen }) => all + amountFen, 0);
  const back = [...(book.refunds?.values() ?? [])]
    .filter(({ state }) => state === 'refunded')
    .reduce((all, { amountFen }) => all + amountFen, 0);
  const theirs = collected - back;
  // Until everything is booked, either side may be behind.
  const isRight = isQuiet ? ours === theirs : ours <= collected;
  return isRight ? [] : [`we booked ${ours}, the channel collected ${theirs}`];
}

async function neverOver(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string; paid: number; settled: number }>`
    select bill.id, bill.paid_fen - bill.from_balance_fen as paid,
      coalesce(sum(line.settled_fen - line.refunded_fen), 0)::bigint as settled
    from billing.bill as bill
    left join payment.allocation as line on line.company_id = bill.company_id
      and line.bill_id = bill.id
    where bill.company_id = ${tx.companyId}
    group by bill.id, bill.paid_fen, bill.from_balance_fen, bill.amount_fen, bill.waived_fen
    having bill.paid_fen - bill.from_balance_fen
        <> coalesce(sum(line.settled_fen - line.refunded_fen), 0)
      or bill.paid_fen + bill.waived_fen > bill.amount_fen`);
  return rows.map(({ id, paid, settled }) => `bill ${id} has ${paid}, payments settled ${settled}`);
}

const allowed = new Set([
  'payment:new>open',
  'payment:open>paid',
  'payment:open>closed',
  'attempt:new>requested',
  'attempt:requested>pending',
  'attempt:requested>paid',
  'attempt:pending>paid',
  'attempt:requested>closed',
  'attempt:pending>closed',
]);

async function monotone(tx: Tx): Promise<string[]> {
  const changes = await tx.many(sql<{ subject: string; kind: string; step: string; times: number }>`
    select coalesce(attempt_id, payment_id) as subject,
      case when attempt_id is null then 'payment' else 'attempt' end as kind,
      coalesce(from_state, 'new') || '>' || to_state as step, count(*) as times
    from payment.state_change
    where company_id = ${tx.companyId}
    group by 1, 2, 3`);
  const odd = changes.flatMap(({ subject, kind, step, times }) =>
    allowed.has(`${kind}:${step}`) && times === 1
      ? []
      : [`${kind} ${subject} went ${step} ${times}×`],
  );
  const lost = await tx.many(sql<{ subject: string; state: string }>`
    select p.id as subject, p.state from payment.payment as p
    where p.company_id = ${tx.companyId} and not exists (
      select from payment.state_change as c where c.company_id = p.company_id
        and c.payment_id = p.id and c.attempt_id is null and c.to_state = p.state)
    union all
    select a.id, a.state from payment.attempt as a
    where a.company_id = ${tx.companyId} and not exists (
      select from payment.state_change as c where c.company_id = a.company_id
        and c.attempt_id = a.id and c.to_state = a.state)`);
  return [...odd, ...lost.map(({ subject, state }) => `${subject} is ${state} without a record`)];
}

async function events(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ subject: string; found: number }>`
    select fact.topic || ' ' || fact.subject as subject, count(event.id) as found
    from (
      select 'payment.' || state as topic, id::text as subject from payment.payment
      where company_id = ${tx.companyId} and state in ('paid', 'closed')
      union all
      select 'payment.surplus', id::text from payment.surplus where company_id = ${tx.companyId}
    ) as fact
    left join platform.outbox as event on event.company_id = ${tx.companyId}
      and event.topic = fact.topic
      and coalesce(event.payload->>'paymentId', event.payload->>'surplusId') = fact.subject
    group by 1
    having count(event.id) <> 1`);
  return rows.map(({ subject, found }) => `${subject} has ${found} events`);
}

async function settledDown(tx: Tx, _book: ChannelBook, isQuiet: boolean): Promise<string[]> {
  if (!isQuiet) return [];
  const rows = await tx.many(sql<{ what: string; count: number }>`
    select 'open payments' as what, count(*) as count from payment.payment
    where company_id = ${tx.companyId} and state = 'open'
    union all select 'live attempts', count(*) from payment.attempt
    where company_id = ${tx.companyId} and ended_at is null
    union all select 'held bills', count(*) from billing.hold where company_id = ${tx.companyId}
    union all select 'proofs not booked', count(*) from payment.unbooked_proof
    where company_id = ${tx.companyId}`);
  return rows.filter(({ count }) => count > 0).map(({ what, count }) => `${count} ${what}`);
}
