import { storage } from '#platform';

export interface Kept<Value> {
  readonly data: Value;
  /** When the server said so, in ms. */
  readonly at: number;
}

const store = 'answers';
/** Enough for the bills of several homes; a full store forgets the oldest. */
const mostAnswers = 12;

/** The last answer of an address, kept on this device. */
export function keptAnswer<Value>(address: string): Kept<Value> | undefined {
  return all()[address] as Kept<Value> | undefined;
}

export function keepAnswer(address: string, answer: Kept<unknown>): void {
  const rest = Object.entries(all()).filter(([known]) => known !== address);
  const newest = rest.sort(([, a], [, b]) => b.at - a.at).slice(0, mostAnswers - 1);
  storage.write(store, JSON.stringify(Object.fromEntries([[address, answer], ...newest])));
}

/** On signing out nothing of the account stays on the device. */
export function forgetAnswers(): void {
  storage.write(store, undefined);
}

function all(): Record<string, Kept<unknown>> {
  try {
    return JSON.parse(storage.read(store) ?? '{}') as Record<string, Kept<unknown>>;
  } catch {
    // Cut off half-way by a full store: as good as empty.
    return {};
  }
}
