import { fen, spokenYuan, sum, yuanText } from '@wuye-pay/money';

/** A payment that somebody should hear of. */
export interface Heard {
  readonly paymentId: string;
  readonly amountFen: number;
  readonly channel: string;
}

/** More than a screen shows in a day of one desk; older ones are long forgotten by the server. */
const remembered = 500;

/**
 * Tells new payments from known ones, whether an event or a poll brings them, so that each is
 * announced once. What is there when the page opens is known already.
 */
export function createNewcomers(): (payments: readonly Heard[], isFirstLook: boolean) => Heard[] {
  const seen = new Set<string>();
  return (payments, isFirstLook) => {
    const fresh = payments.filter(({ paymentId }) => !seen.has(paymentId));
    for (const { paymentId } of fresh) seen.add(paymentId);
    for (const old of seen) {
      if (seen.size <= remembered) break;
      seen.delete(old);
    }
    return isFirstLook ? [] : [...fresh];
  };
}

/** What is said next, and what waits after it. */
export interface Turn {
  readonly say: readonly Heard[];
  readonly waiting: readonly Heard[];
}

/** Beyond so many waiting payments the voice would lag behind the desk: it sums them up. */
const longestQueue = 3;

/** Takes the next announcement: one payment, or all of a queue that has grown too long. */
export function nextTurn(queue: readonly Heard[]): Turn | undefined {
  const [first, ...rest] = queue;
  if (!first) return undefined;
  if (queue.length > longestQueue) return { say: queue, waiting: [] };
  return { say: [first], waiting: rest };
}

interface Sentence {
  readonly key: 'say.one' | 'say.more';
  readonly values: { readonly amount: string; readonly count: number; readonly channel: string };
}

/** Which sentence announces them, and its figures: an amount is spoken as a cashier reads it. */
export function sentenceFor(
  payments: readonly Heard[],
  language: 'zh' | 'en',
  labelOf: (channel: string) => string,
): Sentence {
  const total = sum(payments.map(({ amountFen }) => fen(amountFen)));
  const amount = language === 'zh' ? spokenYuan(total) : `${yuanText(total)} yuan`;
  const [only, ...others] = payments;
  const key = others.length === 0 ? 'say.one' : 'say.more';
  const channel = only ? labelOf(only.channel) : '';
  return { key, values: { amount, channel, count: payments.length } };
}
