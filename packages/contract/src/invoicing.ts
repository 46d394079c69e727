import Type, { type Static } from 'typebox';
import { Day, FenAmount, Id, Instant, Nullable } from './common.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });

/** The receipt of a paid payment; its files are `…/receipt.pdf` and `…/receipt.png`. */
export const ReceiptView = Type.Object({
  paymentId: Id,
  receiptNo: Type.String(),
  checkCode: Type.String(),
  /** Where whoever holds the receipt checks it. */
  checkUrl: Type.String(),
  amountFen: FenAmount,
  /** Given back since. */
  refundedFen: FenAmount,
  /** Whether receipt and books say the same. */
  agrees: Type.Boolean(),
  companyName: Type.String(),
  communityName: Type.String(),
  unitLabels: Type.Array(Type.String()),
  ownerMasked: Nullable(Type.String()),
  method: Words,
  /** In the company's time zone, "2026-11-24 18:00:05". */
  paidAt: Type.String(),
  paymentNo: Type.String(),
  tradeNo: Nullable(Type.String()),
  lines: Type.Array(
    Type.Object({
      feeItemName: Type.String(),
      unitLabel: Type.String(),
      periodStart: Day,
      periodEnd: Day,
      amountFen: FenAmount,
    }),
  ),
  issuedAt: Instant,
});
export type ReceiptView = Static<typeof ReceiptView>;

const params = Type.Object({ paymentId: Id });

/**
 * JSON routes of the module invoicing. The files, `GET …/receipt.pdf` and `GET …/receipt.png` with
 * `?lang=en`, stand beside each of them.
 */
export const invoicingRoutes = {
  'GET /api/payments/:paymentId/receipt': { params, response: ReceiptView },
  'GET /api/resident/payments/:paymentId/receipt': { params, response: ReceiptView },
} as const;
