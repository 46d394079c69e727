// Promises 3 to 6: clear answers, proof before meaning, repeats, nothing rewritten.
import { tradeNoOf } from './money.ts';
import type { Outside } from './outside.ts';
import type { Snapshot } from './snapshot.ts';

/** An order ends when its channel said so, and as it said. */
export function attempts(now: Snapshot, { wallets }: Outside): string[] {
  const of = new Map(wallets.map((wallet) => [wallet.account.id, wallet]));
  return now.attempts.flatMap(({ orderNo, account, state }) => {
    const wallet = of.get(account);
    const said = wallet?.said.get(orderNo);
    const isClear =
      state === 'paid'
        ? wallet?.trades().some((trade) => trade.orderNo === orderNo)
        : state === 'closed'
          ? said?.has('closed') || said?.has('not-found')
          : state !== 'failed';
    return isClear ? [] : [`order ${orderNo} is ${state}; said were ${[...(said ?? [])].join()}`];
  });
}

export function refundAttempts(now: Snapshot, { wallets }: Outside): string[] {
  const words = new Map(wallets.flatMap(({ refundBook }) => [...refundBook.said]));
  const there = new Map(wallets.flatMap(({ refundBook }) => [...refundBook.refunds]));
  const amounts = new Map(now.refunds.map(({ id, amount }) => [id, amount]));
  return now.refundAttempts.flatMap(({ refund, refundNo, state }) => {
    const said = words.get(refundNo);
    const theirs = there.get(refundNo);
    const isOtherAmount = theirs !== undefined && theirs.told.amountFen !== amounts.get(refund);
    const isClear = {
      refunded: theirs?.state === 'refunded' || theirs?.state === 'bounced',
      returned: theirs?.state === 'bounced',
      refused: said?.has('refused') ?? false,
      failed: said?.has('failed') || said?.has('not-found') || isOtherAmount,
    }[state];
    return isClear === false
      ? [`refund ${refundNo} is ${state}, the channel says ${theirs?.state}`]
      : [];
  });
}

export function proofsFirst(now: Snapshot): string[] {
  const trades = new Set(now.proofs.map(({ tradeNo }) => tradeNo));
  const refunds = new Set(now.refundProofs.map(({ key }) => key));
  // A refund that came back is told by an answer about the number, not by money on its way.
  const told = now.refundKeys.filter(({ outcome }) => outcome !== 'returned');
  return [
    ...now.keys.flatMap(({ key }) => (trades.has(tradeNoOf(key)) ? [] : [`${key} has no proof`])),
    ...told.flatMap(({ id, key }) => (refunds.has(id) ? [] : [`refund ${key} has no proof`])),
  ];
}

/** What the channel need not send again is stored. */
export function acknowledged(now: Snapshot, { acknowledged: all }: Outside): string[] {
  if (all.size === 0) return [];
  const refundNos = now.refundProofs.map(({ refundNo }) => refundNo);
  const stored = new Set([...now.proofs.map(({ tradeNo }) => tradeNo), ...refundNos]);
  return [...all].flatMap((no) => (stored.has(no) ? [] : [`${no} was acknowledged and is gone`]));
}

export function onceEach(now: Snapshot): string[] {
  return [now.keys, now.refundKeys].flatMap((keys) =>
    repeated(keys.map(({ key }) => key)).map((key) => `${key} is booked twice`),
  );
}

/** What was written may not change: transfers, proofs and keys; and no end is left again. */
export function rewritten(before: Snapshot, now: Snapshot): string[] {
  const kept = (
    ['transfers', 'proofs', 'keys', 'refundKeys', 'refundProofs', 'movements'] as const
  ).flatMap((table) => {
    const rows = new Map(now[table].map((row) => [row.id, JSON.stringify(row)]));
    return before[table].flatMap((row) =>
      rows.get(row.id) === JSON.stringify(row) ? [] : [`6 append-only: ${table} ${row.id}`],
    );
  });
  const ends = [
    ...left(before.payments, now.payments, ['paid', 'closed'], ({ id }) => id),
    ...left(before.attempts, now.attempts, ['paid', 'closed'], ({ orderNo }) => orderNo),
    ...left(before.refunds, now.refunds, ['rejected', 'returned'], ({ id }) => id),
    ...left(before.cases, now.cases, ['resolved'], ({ id }) => id),
  ];
  return [...kept, ...ends.map((one) => `3 clear answers: ${one}`)];
}

function left<Row extends { readonly state: string }>(
  before: readonly Row[],
  now: readonly Row[],
  final: readonly string[],
  nameOf: (row: Row) => string,
): string[] {
  const states = new Map(now.map((row) => [nameOf(row), row.state]));
  return before.flatMap((row) =>
    final.includes(row.state) && states.get(nameOf(row)) !== row.state
      ? [`${nameOf(row)} went from ${row.state} to ${states.get(nameOf(row))}`]
      : [],
  );
}

export function nothingUnderWay(now: Snapshot): string[] {
  const numbers = now.refundAttempts.filter(({ state }) =>
    ['requested', 'pending'].includes(state),
  );
  const counts = {
    'open payments': now.payments.filter(({ state }) => state === 'open').length,
    'held bills': now.holds.length,
    'orders under way': now.attempts.filter(({ state }) => state !== 'paid' && state !== 'closed')
      .length,
    'refund numbers under way': numbers.length,
    'proofs not booked': now.unbooked,
  };
  return Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
}

export function oneEventEach(now: Snapshot): string[] {
  const facts = [
    ...now.payments.map(({ id, state }) => `payment.${state} ${id}`),
    ...now.cases.map(({ id }) => `payment.surplus ${id}`),
  ];
  const topics = ['payment.paid', 'payment.closed', 'payment.surplus'];
  const told = now.events
    .filter(({ topic }) => topics.includes(topic))
    .map(({ topic, subject }) => `${topic} ${subject}`);
  const missing = facts.filter((fact) => !told.includes(fact) && !fact.startsWith('payment.open'));
  return [
    ...missing.map((fact) => `${fact} was not published`),
    ...repeated(told).map((fact) => `${fact} was published twice`),
  ];
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
