import { record } from './state.ts';

type Answer = Record<string, unknown>;
export type Options = Record<string, unknown> & {
  success?: (answer: Answer) => void;
  fail?: (answer: Answer) => void;
  complete?: (answer: Answer) => void;
};

/** A refusal of the wallet: what `fail` hears. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(JSON.stringify(answer));
    this.answer = answer;
  }
}

/**
 * A wallet's function in the style of both: an object with callbacks, answered later. It returns
 * a promise only to whoever gives no callback, as WeChat does.
 */
export function wallets(name: string, act: (options: Options) => unknown) {
  return (options: Options = {}) => {
    record(name, data(options));
    const done = Promise.resolve()
      .then(() => act(options))
      .then(
        (given) => {
          const answer = { errMsg: `${name}:ok`, ...(given as Answer | undefined) };
          options.success?.(answer);
          options.complete?.(answer);
          return answer;
        },
        (error: unknown) => {
          const answer = error instanceof Refused ? error.answer : failed(name, error);
          options.fail?.(answer);
          options.complete?.(answer);
          throw new Refused(answer);
        },
      );
    if (options.success ?? options.fail ?? options.complete) {
      done.catch((error: unknown) => {
        // A callback of the program itself may throw; that one is not ours to hide.
        if (!(error instanceof Refused)) throw error;
      });
      return undefined;
    }
    return done;
  };
}

export function refusal(name: string, reason: string): Refused {
  return new Refused({ errMsg: `${name}:fail ${reason}`, error: 10, errorMessage: reason });
}

function failed(name: string, error: unknown): Answer {
  const reason = error instanceof Error ? error.message : String(error);
  return { errMsg: `${name}:fail ${reason}`, error: 2, errorMessage: reason };
}

function data(options: Options): Answer {
  const entries = Object.entries(options).filter(([, value]) => typeof value !== 'function');
  return Object.fromEntries(entries);
}

/** An option that has to be text; a number is taken as well, as the wallets do. */
export function textIn(value: unknown, fallback = ''): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : fallback;
}
