import type { Words } from '../description.ts';

export const changeKinds = [
  'create-account',
  'change-account',
  'save-route',
  'remove-route',
] as const;
export type ChangeKind = (typeof changeKinds)[number];
export type ChangeState = 'open' | 'approved' | 'rejected' | 'withdrawn';

/** One thing that will be different; never a secret itself. */
export interface ChangeLine {
  readonly label: Words;
  readonly before: Words | null;
  readonly after: Words | null;
}
