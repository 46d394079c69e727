const minute = 60_000;
const hour = 60 * minute;

/** A payer is told at least this long before a debit; WeChat and our own promise say the same. */
export const noticeMs = 24 * hour;
/** A debit starts within these hours of its day, in the company's time zone; WeChat takes 7 to 22. */
export const debitHours = { from: 10, to: 20 } as const;
/** Notices leave at this hour, when nobody is woken. */
export const announceHour = 9;

/** After this time a mandate that nobody signed is given up. */
export const signWithinMs = 24 * hour;
/** When the channel is asked what became of a signature, and asked again to end a mandate. */
export const checkOffsetsMs = [5000, 30_000, 2 * minute, 10 * minute, hour, 3 * hour, 6 * hour];
/**
 * A mandate that was given up unsigned is asked about so long after: a wallet's page may have
 * stayed open, and its notice may be lost.
 */
export const lateChecksMs = [24 * hour, 3 * 24 * hour, 7 * 24 * hour];
/** An active mandate is compared with the channel's own books this often. */
export const compareEveryMs = 7 * 24 * hour;
/** A bill that somebody is just paying, or a channel that is ill: the debit is tried again. */
export const laterMs = 30 * minute;
/** A notice that was not taken yet, by the channel or by messaging, is looked after. */
export const noticeAgainMs = 10 * minute;

/** Debits are planned so many days before their notice, so that the payer sees them come. */
export const planAheadDays = 5;
/** First debit at most so many days after signing. */
export const firstDebitWithinDays = 62;
/** One debit settles at most so many bills; payment takes 200. */
export const maxBills = 100;

/** Rows that one run claims of a company, how long it may take, and calls at the same time. */
export const claimBatch = 100;
export const claimMs = 2 * minute;
export const parallelCalls = 4;
/** Mandates whose calendar one run looks at of a company. */
export const planBatch = 500;
