export type Answer = Readonly<Record<string, unknown>>;
type Options = Readonly<Record<string, unknown>>;

/** A wallet's function: it takes an object with callbacks in it. */
export type WalletFunction = (options: Record<string, unknown>) => unknown;

/** Why a wallet's function failed, as it said so itself. */
export class WalletFailure extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(textIn(answer['errMsg'] ?? answer['errorMessage']) || 'the wallet said no more');
    this.answer = answer;
  }

  /** The person said no, or went back. */
  get isCancel(): boolean {
    return /cancel|deny|取消/i.test(this.message);
  }
}

/**
 * A wallet's function as a promise. A function that this version of the wallet lacks fails like
 * any other.
 * @throws WalletFailure
 */
export function call(act: WalletFunction | undefined, options: Options = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (act === undefined) {
      reject(new WalletFailure({ errMsg: 'not in this version of the wallet' }));
      return;
    }
    act({
      ...options,
      success: (answer: Answer | undefined) => resolve(answer ?? {}),
      fail: (answer: Answer | undefined) => reject(new WalletFailure(answer ?? {})),
    });
  });
}

/** What a wallet said in an answer, as text; nothing when it is no text. */
export function textIn(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}
