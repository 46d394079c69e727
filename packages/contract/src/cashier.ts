import Type, { type Static } from 'typebox';
import { FenAmount, Id, Instant } from './common.ts';

export const CashierPayBody = Type.Object(
  {
    billIds: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
    /** `<channel>.<product>`: what an ordinary browser chose; a wallet has no choice. */
    way: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{2,31}[.][a-z0-9-]{2,20}$' })),
  },
  { additionalProperties: false },
);

/** `processing`: nobody knows yet whether money was collected; it is never a failure by guess. */
export const CashierPaymentState = Type.Object({
  paymentId: Id,
  state: Type.Enum(['open', 'processing', 'paid', 'closed']),
  amountFen: FenAmount,
});
export type CashierPaymentState = Static<typeof CashierPaymentState>;

/** Without instructions the channel has not answered clearly yet: ask again in a moment. */
export const CashierStarted = Type.Object({
  ...CashierPaymentState.properties,
  expiresAt: Instant,
  /** `jsapi` and `alipay-trade` are for the wallet's bridge; for all others see `…/go`. */
  instructions: Type.Optional(
    Type.Union([
      Type.Object({
        kind: Type.Literal('jsapi'),
        params: Type.Object({
          appId: Type.String(),
          timeStamp: Type.String(),
          nonceStr: Type.String(),
          package: Type.String(),
          signType: Type.String(),
          paySign: Type.String(),
        }),
      }),
      Type.Object({ kind: Type.Literal('alipay-trade'), tradeNo: Type.String() }),
      Type.Object({ kind: Type.Literal('go') }),
    ]),
  ),
});

/**
 * JSON routes of the module cashier, keyed 'METHOD /path'. They are open to everybody: the payer is
 * known by the cookie of the wallet's login. `GET /q/:code`, its receipt and its events are not
 * JSON.
 */
export const cashierRoutes = {
  'POST /q/:code/pay': { body: CashierPayBody, response: CashierStarted },
  'GET /q/:code/payments/:paymentId': { response: CashierPaymentState },
} as const;
