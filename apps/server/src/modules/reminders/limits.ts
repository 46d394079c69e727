/** Reminders whose people are looked up and put into the queue in one transaction. */
export const enqueueBatch = 1000;
/** A plan is planned again after this, for bills that were published in the day. */
export const planAgainMs = 3 * 3_600_000;
/** Somebody who opens an old message a month later finds the bill by the code of the home. */
export const linkDays = 30;
/** After this a payment is no answer to the message. */
export const threeDaysMs = 72 * 3_600_000;
export const dayMs = 24 * 3_600_000;
/** A wallet that the payer is in decides within minutes; a lease that is over is soon resolved. */
export const heldAgainMs = 2 * 60_000;
/** An overdue reminder that could not leave for so many days is no longer sent. */
export const overdueDays = 3;
/** Homes of which a preview looks up the people. */
export const previewSample = 2000;
export const previewExamples = 20;
/** Of one PDF: their ids fit into an address, and drawing takes about a second. */
export const mostOnPaper = 100;
export const noticesOnSheet = 2;
/** Lines of bills that half a sheet has room for. */
export const paperBills = 8;
/** Homes of a preview whose messages are shown word by word. */
export const previewShown = 5;
/** Homes that one batch by hand reminds; more is a plan. */
export const mostByHand = 20_000;
/** Links opened by one address in a minute: a whole building may share one. */
export const opensAMinute = 120;
/** By hand as well nobody hears of a debt more often than this. */
export const manualCap = { capCount: 3, capDays: 7 } as const;
