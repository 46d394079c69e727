export type { ReceiptToday } from './domain/receipt.ts';
export { invoicingErrors } from './errors.ts';
export { addInvoicingRoutes } from './routes.ts';
export { drawReceipt } from './use-cases/draw-receipt.ts';
export { issueReceipt } from './use-cases/issue-receipt.ts';
export { verifyReceipt } from './use-cases/verify-receipt.ts';
