/** Something to report about a chain, in both languages. */
export interface SealFinding {
  /** A notice needs no action by itself. */
  readonly severity: 'failure' | 'notice';
  readonly zh: string;
  readonly en: string;
}

export function failure(zh: string, en: string): SealFinding {
  return { severity: 'failure', zh, en };
}
