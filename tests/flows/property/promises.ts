import type { Snapshot } from './snapshot.ts';
import type { Wallet } from './wallet.ts';

/** What the outside world knows, to hold our books against. */
export interface Outside {
  readonly wallets: readonly Wallet[];
  /** Trades of which a notification named another amount than the wallet collected. */
  readonly liedAbout: ReadonlySet<string>;
  /** Trades and refund numbers whose news we answered with "stored". */
  readonly acknowledged: ReadonlySet<string>;
}

type Check = (now: Snapshot, outside: Outside) => string[];

/** Promises 1 to 6 of the design, as far as they hold at every instant. */
export function brokenNow(
  now: Snapshot,
  outside: Outside,
  before: Snapshot | undefined,
): readonly string[] {
  const broken = instantly.flatMap(([name, check]) =>
    check(now, outside).map((problem) => `${name}: ${problem}`),
  );
  return before ? [...broken, ...rewritten(before, now)] : broken;
}

/** What holds besides once nothing is under way any more. */
export function brokenWhenQuiet(now: Snapshot, outside: Outside): readonly string[] {
  return quietly.flatMap(([name, check]) =>
    check(now, outside).map((problem) => `${name}: ${problem}`),
  );
}

const instantly: readonly (readonly [string, Check])[] = [
  ['1 conserved', receivables],
  ['1 conserved', suspense],
  ['1 conserved', channelAccounts],
  ['1 conserved', bookedTrades],
  ['2 never over', bills],
  ['2 never over', holds],
  ['2 never over', refundsWithin],
  ['2 never over', twoPeople],
  ['3 clear answers', attempts],
  ['3 clear answers', refundAttempts],
  ['4 proof first', proofsFirst],
  ['4 proof first', acknowledged],
  ['5 repeatable', onceEach],
];

const quietly: readonly (readonly [string, Check])[] = [
  ['1 conserved', channelsAgree],
  ['1 conserved', nothingLost],
  ['3 clear answers', nothingUnderWay],
  ['5 repeatable', oneEventEach],
];

const total = <Row>(rows: readonly Row[], amountOf: (row: Row) => number): number =>
  rows.reduce((all, row) => all + amountOf(row), 0);

/** Debits less credits. */
function balances({ transfers }: Snapshot): Map<string, number> {
  const of = new Map<string, number>();
  for (const { debit, credit, amount } of transfers) {
    of.set(debit, (of.get(debit) ?? 0) + amount);
    of.set(credit, (of.get(credit) ?? 0) - amount);
  }
  return of;
}

function receivables(now: Snapshot): string[] {
  const open = new Map<string, number>();
  for (const { account, amount, paid, waived } of now.bills) {
    open.set(account, (open.get(account) ?? 0) + amount - paid - waived);
  }
  const booked = balances(now);
  return [...open].flatMap(([account, fen]) =>
    booked.get(account) === fen || (fen === 0 && !booked.has(account))
      ? []
      : [`${account} is ${booked.get(account)}, its open bills ${fen}`],
  );
}

function suspense(now: Snapshot): string[] {
  const held = -(balances(now).get('suspense') ?? 0);
  const signed = ({ direction, left }: Snapshot['cases'][number]) =>
    direction === 'in' ? left : -left;
  const cases = total(now.cases, signed);
  return held === cases ? [] : [`suspense holds ${held}, its open cases ${cases}`];
}

/** A channel account holds what was booked under exactly-once keys, no more and no less. */
function channelAccounts(now: Snapshot, { wallets }: Outside): string[] {
  const booked = balances(now);
  return wallets.flatMap(({ account }) => {
    const ours = booked.get(`channel:${account.id}`) ?? 0;
    const isOf = ({ key }: { key: string }) => key.includes(account.id);
    const corrected = new Set(
      now.keys.flatMap(({ key }) => key.match(/^(.+):corrected$/)?.[1] ?? []),
    );
    const collected = now.keys.filter((one) => isOf(one) && !corrected.has(one.key));
    const given = now.refundKeys.filter(isOf);
    const keyed =
      total(collected, ({ amount }) => amount) -
      total(given, ({ outcome, amount }) => (outcome === 'returned' ? -amount : amount));
    return ours === keyed ? [] : [`${account.channel} holds ${ours}, booked ${keyed}`];
  });
}

const tradeNoOf = (key: string) => key.split(':')[2] ?? '';

/** Every booked trade was collected, as that amount, unless a notification lied about it. */
function bookedTrades(now: Snapshot, { wallets, liedAbout }: Outside): string[] {
  const trades = new Map(
    wallets.flatMap((wallet) => wallet.trades().map((one) => [one.tradeNo, one.amountFen])),
  );
  return now.keys.flatMap(({ key, amount, outcome }) => {
    if (key.includes(':desk:')) return [];
    const tradeNo = tradeNoOf(key);
    const collected = trades.get(tradeNo);
    if (collected === amount) return [];
    const isDoubt = outcome === 'surplus' && liedAbout.has(tradeNo);
    return isDoubt ? [] : [`${key} is booked as ${amount}, collected were ${collected}`];
  });
}

function bills(now: Snapshot): string[] {
  return now.bills.flatMap(({ id, amount, paid, waived }) => {
    const lines = now.lines.filter(({ bill }) => bill === id);
    const settled = total(lines, (line) => line.settled - line.refunded);
    if (paid + waived > amount) return [`bill ${id} of ${amount} took ${paid} and ${waived}`];
    return paid === settled ? [] : [`bill ${id} has ${paid}, its payments settled ${settled}`];
  });
}

/** One payment at a time may collect for a bill, and it holds the bill. */
function holds(now: Snapshot): string[] {
  const open = new Set(now.payments.filter(({ state }) => state === 'open').map(({ id }) => id));
  const held = new Map(now.holds.map(({ bill, payment }) => [bill, payment]));
  const unheld = now.lines
    .filter((line) => open.has(line.payment))
    .filter(({ bill, payment }) => held.get(bill) !== payment)
    .map(({ bill, payment }) => `open payment ${payment} does not hold bill ${bill}`);
  const stale = now.holds
    .filter(({ payment }) => !open.has(payment))
    .map(({ bill, payment }) => `bill ${bill} is held by ${payment}, which has ended`);
  return [...unheld, ...stale];
}

const underWay = ['requested', 'approved', 'processing', 'refused', 'failed'];
const givenBack = ['refunded', 'returned'];

/** What refunds promise of a settled line is reserved, what they gave is counted. */
function refundsWithin(now: Snapshot): string[] {
  const states = new Map(now.refunds.map(({ id, state, payment }) => [id, { state, payment }]));
  return now.lines.flatMap((line) => {
    const ofLine = now.refundLines.filter(
      ({ refund, bill }) => bill === line.bill && states.get(refund)?.payment === line.payment,
    );
    const sumOf = (wanted: readonly string[]) =>
      total(ofLine, ({ refund, amount }) =>
        wanted.includes(states.get(refund)?.state ?? '') ? amount : 0,
      );
    const [reserved, refunded] = [sumOf(underWay), sumOf(givenBack)];
    const name = `line ${line.bill} of ${line.payment}`;
    if (reserved + refunded > line.settled) {
      return [`${name} settled ${line.settled}; refunds ask for ${reserved} and gave ${refunded}`];
    }
    const isRight = reserved === line.reserved && refunded === line.refunded;
    return isRight
      ? []
      : [`${name}: ${line.reserved}/${line.refunded} kept, refunds say ${reserved}/${refunded}`];
  });
}

function twoPeople(now: Snapshot): string[] {
  return now.refunds.flatMap(({ id, by, decided }) =>
    decided !== null && decided === by ? [`refund ${id} was approved by who asked`] : [],
  );
}

/** An order ends when its channel said so, and as it said. */
function attempts(now: Snapshot, { wallets }: Outside): string[] {
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

function refundAttempts(now: Snapshot, { wallets }: Outside): string[] {
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

function proofsFirst(now: Snapshot): string[] {
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
function acknowledged(now: Snapshot, { acknowledged: all }: Outside): string[] {
  if (all.size === 0) return [];
  const refundNos = now.refundProofs.map(({ refundNo }) => refundNo);
  const stored = new Set([...now.proofs.map(({ tradeNo }) => tradeNo), ...refundNos]);
  return [...all].flatMap((no) => (stored.has(no) ? [] : [`${no} was acknowledged and is gone`]));
}

function onceEach(now: Snapshot): string[] {
  return [now.keys, now.refundKeys].flatMap((keys) =>
    repeated(keys.map(({ key }) => key)).map((key) => `${key} is booked twice`),
  );
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** What was written may not change: transfers, proofs and keys; and no end is left again. */
function rewritten(before: Snapshot, now: Snapshot): string[] {
  const kept = (['transfers', 'proofs', 'keys', 'refundKeys', 'refundProofs'] as const).flatMap(
    (table) => {
      const rows = new Map(now[table].map((row) => [row.id, JSON.stringify(row)]));
      return before[table].flatMap((row) =>
        rows.get(row.id) === JSON.stringify(row) ? [] : [`6 append-only: ${table} ${row.id}`],
      );
    },
  );
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

function channelsAgree(now: Snapshot, { wallets }: Outside): string[] {
  const booked = balances(now);
  return wallets.flatMap((wallet) => {
    const ours = booked.get(`channel:${wallet.account.id}`) ?? 0;
    const theirs = wallet.collectedFen() - wallet.refundBook.refundedFen();
    const { channel } = wallet.account;
    return ours === theirs ? [] : [`we say ${channel} holds ${ours}, it says ${theirs}`];
  });
}

function nothingLost(now: Snapshot, { wallets }: Outside): string[] {
  const booked = new Set(now.keys.map(({ key }) => tradeNoOf(key)));
  const trades = wallets.flatMap((wallet) => wallet.trades());
  const lost = trades.filter(({ tradeNo }) => !booked.has(tradeNo));
  const net = new Map<string, number>();
  for (const { key, outcome, amount } of now.refundKeys) {
    const refundNo =
      key
        .replace(/:returned$/, '')
        .split(':')
        .at(-1) ?? '';
    net.set(refundNo, (net.get(refundNo) ?? 0) + (outcome === 'returned' ? -amount : amount));
  }
  const given = wallets.flatMap(({ refundBook }) => [...refundBook.refunds]);
  const odd = given.filter(([refundNo, { state, told }]) => {
    const wanted = state === 'refunded' ? told.amountFen : 0;
    return (net.get(refundNo) ?? 0) !== wanted;
  });
  return [
    ...lost.map(({ tradeNo, amountFen }) => `trade ${tradeNo} of ${amountFen} is lost`),
    ...odd.map(([no, { state }]) => `refund ${no} is ${state} there and ${net.get(no)} here`),
  ];
}

function nothingUnderWay(now: Snapshot): string[] {
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

function oneEventEach(now: Snapshot): string[] {
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

export { nothingUnderWay as stillUnderWay };
