import { sessionMark, storage } from '#platform';

export interface Kept<Value> {
  readonly data: Value;
  /** When the server said so, in ms. */
  readonly at: number;
}

/** All of one session: what somebody else's session kept is not read, and goes with the next write. */
interface Store {
  readonly mark: string;
  readonly answers: Readonly<Record<string, Kept<unknown>>>;
}

const store = 'answers';
/** Enough for the bills of several homes; a full store forgets the oldest. */
const mostAnswers = 12;

/** The last answer of an address, kept on this device. */
export function keptAnswer<Value>(address: string): Kept<Value> | undefined {
  const all = kept();
  return Object.hasOwn(all, address) ? (all[address] as Kept<Value>) : undefined;
}

/** @param mark of the session that asked: what comes for another one is not kept */
export function keepAnswer(address: string, answer: Kept<unknown>, mark: string): void {
  if (mark !== sessionMark()) return;
  const rest = Object.entries(kept()).filter(([known]) => known !== address);
  const newest = rest.sort(([, a], [, b]) => b.at - a.at).slice(0, mostAnswers - 1);
  const answers = Object.fromEntries([[address, answer], ...newest]);
  storage.write(store, JSON.stringify({ mark, answers } satisfies Store));
}

/** On signing out nothing of the account stays on the device. */
export function forgetAnswers(): void {
  storage.write(store, undefined);
}

function kept(): Store['answers'] {
  try {
    const { mark, answers } = JSON.parse(storage.read(store) ?? '{}') as Partial<Store>;
    return mark === sessionMark() ? (answers ?? {}) : {};
  } catch {
    // Cut off half-way by a full store: as good as empty.
    return {};
  }
}
