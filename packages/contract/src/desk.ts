import Type, { type Static } from 'typebox';
import { FenAmount, Id, Instant } from './common.ts';
import { PaymentChannel } from './evidence.ts';

/** Ways to pay at the desk that are no channels: the slip or the drawer is the proof. */
export const DeskMethod = Type.Enum(['cash', 'cheque', 'pos']);
export type DeskMethod = Static<typeof DeskMethod>;

const deskFields = {
  unitId: Id,
  billIds: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
  /** What is taken; must be what the bills come to now. */
  amountFen: Type.Integer({ minimum: 1, maximum: 10_000_000_00 }),
  /** Made by the page once per payment, the same on every retry. */
  idempotencyKey: Type.String({ minLength: 8, maxLength: 80 }),
};

/** Routes of the front desk in the module payment, keyed 'METHOD /path'. */
export const deskRoutes = {
  /** Takes cash, a cheque or a POS slip for whole bills of one unit, or to be paid ahead. */
  'POST /api/payments/desk': {
    body: Type.Object(
      {
        ...deskFields,
        /** Empty when money is paid ahead. */
        billIds: Type.Array(Id, { maxItems: 200, uniqueItems: true }),
        /** Instead of bills; the same as `amountFen`. */
        topUpFen: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000_00 })),
        method: DeskMethod,
        /** Of the cheque, or the reference number on the POS slip; taken once in a company. */
        voucherNo: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z-]{4,32}$' })),
        /** The bank that the cheque is drawn on. */
        drawnOn: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })),
      },
      { additionalProperties: false },
    ),
    status: 201,
    response: Type.Object({ paymentId: Id, amountFen: FenAmount, paidAt: Instant }),
  },
  /**
   * The payer's wallet shows a code (付款码); its first digits say which wallet. Answers when the
   * channel has: `open` means that the payer has to confirm in the wallet; follow the payment.
   */
  'POST /api/payments/desk/code': {
    body: Type.Object(
      { ...deskFields, authCode: Type.String({ pattern: '^[0-9 ]{10,40}$' }) },
      { additionalProperties: false },
    ),
    status: 201,
    response: Type.Object({
      paymentId: Id,
      state: Type.Enum(['open', 'processing', 'paid', 'closed']),
      amountFen: FenAmount,
      channel: PaymentChannel,
      expiresAt: Instant,
    }),
  },
} as const;
