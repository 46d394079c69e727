/**
 * Words of the gateway for what went wrong. The published interfaces name them only in part, so
 * each list holds the spellings that are in use; any other word is unclear.
 */
const notFound = new Set(['ORDERNOTEXIST', 'ORDER_NOT_EXIST', 'ORDER_NOT_EXISTS']);
const refundNotFound = new Set(['REFUNDNOTEXIST', 'REFUND_NOT_EXIST', 'REFUND_NOT_EXISTS']);
const paid = new Set(['ORDERPAID', 'ORDER_PAID']);
const closed = new Set(['ORDERCLOSED', 'ORDER_CLOSED', 'ORDERREVERSED']);
/** Nothing moved, and the same request never will. */
const refundRefused = new Set([
  'NOTENOUGH',
  'NOT_ENOUGH',
  'MCH_NOTENOUGH',
  'ORDERNOTPAID',
  'REFUND_FEE_MISMATCH',
  'REFUND_FEE_EXCEED',
  'REFUND_FEE_INVALID',
  'INVALID_REQUEST',
  'PARAM_ERROR',
  'TRADE_OVERDUE',
  'TRADE_STATE_ERROR',
  ...notFound,
]);

export const isNotFound = (code: string): boolean => notFound.has(code);
export const isRefundNotFound = (code: string): boolean => refundNotFound.has(code);
export const isPaid = (code: string): boolean => paid.has(code);
export const isClosed = (code: string): boolean => closed.has(code);
export const isRefundRefused = (code: string): boolean => refundRefused.has(code);
/** The gateway did not get to the end of it: the request may have been carried out. */
export const isUnclear = (code: string): boolean => /SYSTEM|BUSY|TIMEOUT|BANKERROR/i.test(code);
