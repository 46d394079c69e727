import { expect } from 'vitest';
import type { ChannelDescription } from '../../apps/server/src/modules/channels/index.ts';
import type { Driver } from './driver.ts';
import type { Stand } from './stand.ts';

/** One promise that every channel keeps. */
export interface Case {
  /** Short and stable: `close.paid`. */
  readonly id: string;
  /** In one sentence, as the table shows it. */
  readonly promise: string;
  /** Why a channel cannot be asked for it; undefined when it can. */
  readonly notOffered?: (facts: Facts) => string | undefined;
  run(stand: Stand): Promise<void>;
}

export interface Facts {
  readonly description: ChannelDescription;
  readonly driver: Driver;
  readonly hasLogin: boolean;
  readonly hasMandates: boolean;
}

/** @throws an error that begins with the sentence */
export function must(isTrue: boolean, sentence: string, got?: unknown): void {
  if (!isTrue) throw new Error(`${sentence}; got ${JSON.stringify(got)}`);
}

/** Whether what came back has at least these parts. @throws an error with sentence and difference */
export function sees(got: unknown, parts: object, sentence: string): void {
  expect(got, `${sentence}; got ${JSON.stringify(got)}`).toMatchObject(parts);
}

/** Which state came back. @throws an error that begins with the sentence */
export function isOneOf(
  got: { readonly state: string },
  states: readonly string[],
  sentence: string,
): void {
  must(states.includes(got.state), sentence, got);
}
