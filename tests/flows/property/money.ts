// Promises 1 and 2: money is conserved, and nothing is collected or given back twice.
import type { Outside } from './outside.ts';
import type { Snapshot } from './snapshot.ts';

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

export function receivables(now: Snapshot): string[] {
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

export function suspense(now: Snapshot): string[] {
  const held = -(balances(now).get('suspense') ?? 0);
  const signed = ({ direction, left }: Snapshot['cases'][number]) =>
    direction === 'in' ? left : -left;
  const cases = total(now.cases, signed);
  return held === cases ? [] : [`suspense holds ${held}, its open cases ${cases}`];
}

/** A channel account holds what was booked under exactly-once keys, no more and no less. */
export function channelAccounts(now: Snapshot, { wallets }: Outside): string[] {
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

export const tradeNoOf = (key: string) => key.split(':')[2] ?? '';

/** Every booked trade was collected, as that amount, unless a notification lied about it. */
export function bookedTrades(now: Snapshot, { wallets, liedAbout }: Outside): string[] {
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

export function bills(now: Snapshot): string[] {
  return now.bills.flatMap(({ id, amount, paid, waived, fromBalance }) => {
    const lines = now.lines.filter(({ bill }) => bill === id);
    const settled = total(lines, (line) => line.settled - line.refunded);
    if (paid + waived > amount) return [`bill ${id} of ${amount} took ${paid} and ${waived}`];
    const own = paid - fromBalance;
    return own === settled ? [] : [`bill ${id} has ${own}, its payments settled ${settled}`];
  });
}

/** A balance is what moved it, what is promised of it is what refunds wait for, and it is booked. */
export function prepayments(now: Snapshot): string[] {
  const booked = balances(now);
  const sumOf = (of: (one: Snapshot['movements'][number]) => boolean) =>
    total(now.movements.filter(of), ({ amount }) => amount);
  const waiting = total(
    now.refunds.filter(({ state }) => underWay.includes(state)),
    ({ topUp }) => topUp,
  );
  const accounts = new Map<string, number>();
  for (const { account, balance } of now.balances) {
    accounts.set(account, (accounts.get(account) ?? 0) + balance);
  }
  return [
    ...now.balances.flatMap(({ unit, balance }) => {
      const moved = sumOf((one) => one.unit === unit);
      return moved === balance ? [] : [`balance ${unit} is ${balance}, moved were ${moved}`];
    }),
    ...[...accounts].flatMap(([account, fen]) => {
      const ours = -(booked.get(account) ?? 0);
      return ours === fen ? [] : [`${account} is ${ours}, its balances ${fen}`];
    }),
    ...now.bills.flatMap(({ id, fromBalance }) => {
      const used = -sumOf(({ bill }) => bill === id);
      return used === fromBalance ? [] : [`bill ${id} took ${fromBalance}, moved were ${used}`];
    }),
    ...now.payments.flatMap(({ id, state, topUp, topUpRefunded }) => {
      const kept = state === 'paid' ? topUp - topUpRefunded : 0;
      const moved = sumOf(({ payment }) => payment === id);
      return moved === kept ? [] : [`payment ${id} paid ${kept} ahead, moved were ${moved}`];
    }),
    ...(total(now.balances, ({ reserved }) => reserved) === waiting &&
    total(now.payments, ({ topUpReserved }) => topUpReserved) === waiting
      ? []
      : [`balances keep for refunds what is not the ${waiting} that they ask for`]),
  ];
}

/** One payment at a time may collect for a bill, and it holds the bill. */
export function holds(now: Snapshot): string[] {
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
export function refundsWithin(now: Snapshot): string[] {
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

export function twoPeople(now: Snapshot): string[] {
  return now.refunds.flatMap(({ id, by, decided }) =>
    decided !== null && decided === by ? [`refund ${id} was approved by who asked`] : [],
  );
}

export function channelsAgree(now: Snapshot, { wallets }: Outside): string[] {
  const booked = balances(now);
  return wallets.flatMap((wallet) => {
    const ours = booked.get(`channel:${wallet.account.id}`) ?? 0;
    const theirs = wallet.collectedFen() - wallet.refundBook.refundedFen();
    const { channel } = wallet.account;
    return ours === theirs ? [] : [`we say ${channel} holds ${ours}, it says ${theirs}`];
  });
}

export function nothingLost(now: Snapshot, { wallets }: Outside): string[] {
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
