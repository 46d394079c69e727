const megabyte = 1024 * 1024;

/** What one camt.053 may cost us. 50,000 entries with remarks have about 60 MB. */
export const camtLimits = {
  bytes: 96 * megabyte,
  threadHeapMb: 160,
  readMs: 120_000,
  /** A statement has about 15 levels. */
  depth: 60,
  pieceBytes: 64 * 1024,
} as const;

/** Rows of a file that the page shows, and that a header is looked for in. */
export const previewRows = 45;
/** Problems kept of one file; whoever sees so many mends the file. */
export const maxProblems = 2000;
export const shownProblems = 20;
/** Entries that settle nothing are written together: a transaction each would cost minutes. */
export const entriesABatch = 200;
/** Rounds of takeover for one entry; then its money waits in suspense. */
export const maxRounds = 3;
/** Longer than any batch takes; a worker that died is followed after this. */
export const leaseMs = 120_000;
/** An import that breaks the worker this often is given up, with a message. */
export const maxTries = 5;
/** Units that are suggested for one entry. */
export const maxSuggestions = 8;
/** One payment settles at most this many bills; a unit with more has its oldest looked at. */
export const mostBills = 200;
