/**
 * How long a payer may take; then query and close free the bills. Long enough to find the
 * password, short enough for the next person of the family. A channel takes at least 1 minute.
 */
export const leaseMs = 5 * 60_000;
/** A payer who shows a code stands at the desk; then query and reversal. */
export const codeLeaseMs = 60_000;
/** Instructions this close to their end are not handed out again. */
export const leastLeftMs = 60_000;
/**
 * An order that the channel did accept and then says, unsigned, not to know: believed this long
 * after its time. Its bills are held until then, and money that comes later lies in suspense.
 */
export const acceptedGraceMs = 3_600_000;

/** One payment settles at most this many bills: the page shows 500, a family pays months of one. */
export const maxBills = 200;
/** A family has a home, a parking space and perhaps those of the parents. */
export const maxUnits = 20;
/** Takeovers by one payer in ten minutes: enough for a family, too few to block a neighbour. */
export const maxTakeovers = 5;
export const takeoverWindowMs = 10 * 60_000;
/** Rounds of takeover in one request; more means that others keep coming first. */
export const maxRounds = 3;

/** Attempts that one sweep claims of a company, and how long it may take for them. */
export const claimBatch = 100;
export const claimMs = 120_000;
/** Queries at the channel at the same time: WeChat allows far more, our sockets are few. */
export const parallelQueries = 8;
/** Companies that one sweep looks after at the same time. */
export const parallelCompanies = 8;

/** A notification must be answered within 5 s; what is stored by then is booked later. */
export const answerWithinMs = 3500;
/** Real notifications have 1 to 2 KB. */
export const maxNotificationBytes = 64 * 1024;
/** A stored proof is left to whoever stored it for this long before the sweep books it. */
export const bookAgainAfterMs = 5000;
export const unbookedBatch = 200;
/** A call that places an order has ended by then; until then its answer may still come. */
export const prepayMs = 10_000;
/** About a day of asking; then the case alone remains, and the statement decides. */
export const maxDoubts = 30;

/** Whoever approves also sends; the sweep takes over when that did not come to an end. */
export const refundSendMs = 30_000;
/** Cases that the standing policy looks at of one company at a time. */
export const policyBatch = 50;
