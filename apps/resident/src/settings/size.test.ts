import { expect, test } from 'vitest';
import type { Platform } from '../platform/types.ts';
import type * as webPlatform from '../platform/web/index.ts';
import type { Primitives } from '../ui/types.ts';
import type * as webPrimitives from '../ui/web/index.tsx';
import { scaleOf, sizeIn } from './size.ts';

/** Compiles only while the web implements every name with its type; so does the mini-program's. */
type Implements<Wanted, Module extends Wanted> = Module;
export type WebPlatform = Implements<Platform, typeof webPlatform>;
export type WebPrimitives = Implements<Primitives, typeof webPrimitives>;

test.each([
  [{ size: 'usual', isElder: false, system: 1 }, 1],
  [{ size: 'usual', isElder: true, system: 1 }, 1.4],
  [{ size: 'largest', isElder: true, system: 1 }, 1.875],
  // The wallet's own setting counts up to 1.5 and never makes text smaller.
  [{ size: 'usual', isElder: false, system: 2.5 }, 1.5],
  [{ size: 'large', isElder: false, system: 0.8 }, 1.2],
] as const)('text of %j is %d times the usual size', (wish, scale) => {
  expect(scaleOf(wish)).toBe(scale);
});

test('a size that nobody offers is the usual one', () => {
  expect(sizeIn('huge')).toBe('usual');
  expect(sizeIn(undefined)).toBe('usual');
});
