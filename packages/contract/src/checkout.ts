import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import {
  CheckoutHistoryEntry,
  CheckoutPaymentDetail,
  CheckoutStateView,
} from './checkout-history.ts';
import { Day, FenAmount, Id, Instant, Month, Nullable, Page, PageQuery } from './common.ts';
import { Product } from './evidence.ts';
import { DisputeAnswer } from './feedback.ts';
import { BindingRole } from './resident.ts';
import { ResidentSurface } from './resident-sign-in.ts';

export * from './checkout-history.ts';

const strict = { additionalProperties: false };
/** Of one payment: from 1 fen to what no channel exceeds. */
const PaidFen = Type.Integer({ minimum: 1, maximum: 10_000_000_00 });
/** Made by the app once per tap, the same on every retry. */
const IdempotencyKey = Type.String({ minLength: 8, maxLength: 80 });
/** `<channel>.<product>`: one of the ways of a plan. */
const WayText = Type.String({ pattern: '^[a-z0-9-]{2,31}[.][a-z0-9-]{2,20}$' });

/** What became of somebody's doubt about a bill; it can be paid all the time. */
export const BillDispute = Type.Object({
  state: Type.Enum(['open', 'answered']),
  answer: Nullable(DisputeAnswer),
  /** The ticket and the office's words are for who opened it; null for others of the home. */
  ticketId: Nullable(Id),
  answerText: Nullable(Type.String()),
  answeredAt: Nullable(Instant),
});
export type BillDispute = Static<typeof BillDispute>;

export const ResidentBill = Type.Object({
  id: Id,
  feeItemId: Id,
  feeItemName: Type.String(),
  month: Month,
  periodStart: Day,
  periodEnd: Day,
  dueOn: Day,
  amountFen: FenAmount,
  /** What is still to be paid; the rest was paid, or taken off. */
  openFen: FenAmount,
  isOverdue: Type.Boolean(),
  /** Why this amount, in one line. */
  explanation: Bilingual,
  /** A payment in progress: one's own to go on with, or of somebody else. */
  heldBy: Nullable(Type.Enum(['me', 'other'])),
  /** Of one's own payment in progress. */
  paymentId: Nullable(Id),
  /** The newest one, if any. */
  dispute: Nullable(BillDispute),
});
export type ResidentBill = Static<typeof ResidentBill>;

/** What a home has paid ahead, and whether new bills take it by themselves. */
export const HomeBalance = Type.Object({
  balanceFen: FenAmount,
  /** Of it promised to a refund, so that it settles no bill. */
  reservedFen: FenAmount,
  usesItself: Type.Boolean(),
});

export const HomeBills = Type.Object({
  unitId: Id,
  communityName: Type.String(),
  label: Type.String(),
  role: BindingRole,
  /** Null for a payer, who sees what is to be paid and nothing else. */
  balance: Nullable(HomeBalance),
  openFen: FenAmount,
  /** Oldest first. */
  bills: Type.Array(ResidentBill),
});
export type HomeBills = Static<typeof HomeBills>;

export const OpenBills = Type.Object({
  /** When the server read it: the app shows how old a kept answer is. */
  asOf: Instant,
  openFen: FenAmount,
  /** Whether a bill may be paid in part. */
  allowsPart: Type.Boolean(),
  /** One payment settles at most so many bills, of at most so many homes. */
  mostBills: Type.Integer(),
  mostHomes: Type.Integer(),
  /** The home behind the code that was asked with; it stands first. Whoever has no access to it
   * pays by `roomCode`. */
  opened: Nullable(Type.Object({ unitId: Id, isBound: Type.Boolean(), roomCode: Type.String() })),
  homes: Type.Array(HomeBills),
});
export type OpenBills = Static<typeof OpenBills>;

/** All that a bill was worked out from, and what became of it. */
export const BillWhy = Type.Object({
  ...ResidentBill.properties,
  unitId: Id,
  label: Type.String(),
  communityName: Type.String(),
  /** Each step with its own words, from the tariff to what is left to pay. */
  steps: Type.Array(Type.Object({ label: Bilingual, value: Bilingual })),
  paidFen: FenAmount,
  /** Of it from the prepaid balance. */
  fromBalanceFen: FenAmount,
  waivedFen: FenAmount,
  publishedAt: Nullable(Instant),
});
export type BillWhy = Static<typeof BillWhy>;

/** A bill to pay: whole, or an amount of it. */
export const CheckoutItem = Type.Object({ billId: Id, amountFen: Type.Optional(PaidFen) }, strict);
/** Of a printed code, or of the link of a message. */
const Code = Type.String({ pattern: '^[0-9A-Za-z-]{8,40}$' });
const Items = Type.Array(CheckoutItem, { minItems: 1, maxItems: 200 });
const TopUp = Type.Object({ unitId: Id, amountFen: PaidFen }, strict);

/** Bills of one or several homes, or money paid ahead for one home; one of the two. */
const cart = {
  items: Type.Optional(Items),
  topUp: Type.Optional(TopUp),
  /** Of the printed code that was scanned: its home's bills are paid without access to the home. */
  roomCode: Type.Optional(Code),
};

/** Bills of two merchant accounts are two payments, shown as such and paid one after the other. */
export const PlannedCheckout = Type.Object({
  billIds: Type.Array(Id),
  unitIds: Type.Array(Id),
  amountFen: FenAmount,
});

/** A way to pay that works here and now for at least one of the bills. */
export const CheckoutWay = Type.Object({
  way: WayText,
  channel: Type.String(),
  product: Product,
  label: Bilingual,
  /** Null when it can be used at once; else a whole page to open first: the wallet says who pays. */
  loginUrl: Nullable(Type.String()),
  payments: Type.Array(PlannedCheckout),
  /** Bills that cannot be paid this way. */
  unpayable: Type.Array(Id),
});
export type CheckoutWay = Static<typeof CheckoutWay>;

export const CheckoutPlan = Type.Object({
  amountFen: FenAmount,
  /** The best one first; none: this surface cannot pay these bills. */
  ways: Type.Array(CheckoutWay),
  /** Wallets in which the same bills could be paid. */
  otherWallets: Type.Array(Bilingual),
  /** Worth reading before money is paid ahead: open bills, a ceiling of the law. */
  warnings: Type.Array(Bilingual),
});
export type CheckoutPlan = Static<typeof CheckoutPlan>;

/** As the cashier's: without instructions the channel has not answered clearly, ask again. */
export const CheckoutStarted = Type.Object({
  paymentId: Id,
  state: Type.Enum(['open', 'processing', 'paid', 'closed']),
  amountFen: FenAmount,
  expiresAt: Instant,
  instructions: Type.Optional(
    Type.Union([
      Type.Object({
        /** `wx.requestPayment` in the mini-program, `WeixinJSBridge` in the page. */
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
      /** `my.tradePay` in the mini-program, `AlipayJSBridge` in the page. */
      Type.Object({ kind: Type.Literal('alipay-trade'), tradeNo: Type.String() }),
      /** A page of ours to open: the channel's own pages, or a code to scan. */
      Type.Object({ kind: Type.Literal('go'), url: Type.String() }),
    ]),
  ),
});
export type CheckoutStarted = Static<typeof CheckoutStarted>;

/** What can be paid ahead for a home. */
export const TopUpOptions = Type.Object({
  ...HomeBalance.properties,
  /** Bills that are open now; money paid ahead does not settle them by itself. */
  openFen: FenAmount,
  /** What the home is billed for a month, on average of its newest bills; null without any. */
  monthlyFen: Nullable(FenAmount),
  /** Amounts to offer, each with its words such as 约3个月. */
  offers: Type.Array(Type.Object({ amountFen: FenAmount, label: Bilingual })),
  leastFen: FenAmount,
  mostFen: FenAmount,
  /** What local rules allow to be paid ahead; a warning, not a refusal. */
  ceiling: Nullable(
    Type.Object({ months: Type.Integer(), amountFen: FenAmount, source: Type.String() }),
  ),
  /** What new bills do with a balance that does not cover them. */
  shortBalance: Type.Enum(['part', 'wait']),
});
export type TopUpOptions = Static<typeof TopUpOptions>;

/** Why the balance of a home changed. */
export const MovementKind = Type.Enum(['top-up', 'use', 'return', 'refund']);

export const ResidentMovement = Type.Object({
  id: Id,
  kind: MovementKind,
  /** Added or taken away: may be negative. */
  amountFen: Type.Integer(),
  balanceAfterFen: FenAmount,
  at: Instant,
  text: Bilingual,
  billId: Nullable(Id),
  paymentId: Nullable(Id),
});
export type ResidentMovement = Static<typeof ResidentMovement>;

const PaymentParams = Type.Object({ paymentId: Id });
const HomeParams = Type.Object({ unitId: Id });

/**
 * Paying in the resident app, keyed 'METHOD /path'. Besides, for pages:
 * GET /api/resident/payments/:paymentId/events (server-sent events: `state` carries a
 * CheckoutStateView); …/go (a code to scan, or the channel's own pages) and …/back (from there).
 */
export const checkoutRoutes = {
  /** Of all homes of the signed-in resident, and of the one behind a code that was scanned. */
  'GET /api/resident/bills': {
    query: Type.Object({ code: Type.Optional(Code) }),
    response: OpenBills,
  },
  'GET /api/resident/bills/:billId': { params: Type.Object({ billId: Id }), response: BillWhy },
  /** Which payments a selection makes, and how it can be paid here. Changes nothing. */
  'POST /api/resident/plans': {
    body: Type.Object({ ...cart, surface: ResidentSurface }, strict),
    response: CheckoutPlan,
  },
  /**
   * Begins one payment of a plan. `amountFen` is what the app showed: bills that come to another
   * amount meanwhile are refused. The same key, and the same bills again, give the same payment.
   */
  'POST /api/resident/payments': {
    body: Type.Object(
      {
        ...cart,
        amountFen: PaidFen,
        way: WayText,
        surface: ResidentSurface,
        idempotencyKey: IdempotencyKey,
      },
      strict,
    ),
    status: 201,
    response: CheckoutStarted,
  },
  'GET /api/resident/payments/:paymentId': {
    params: PaymentParams,
    response: CheckoutPaymentDetail,
  },
  'GET /api/resident/payments/:paymentId/state': {
    params: PaymentParams,
    response: CheckoutStateView,
  },
  /** Payments and uses of the balance, newest first; of one home, or of all. */
  'GET /api/resident/history': {
    query: Type.Object({ ...PageQuery, unitId: Type.Optional(Id) }),
    response: Page(CheckoutHistoryEntry),
  },
  'GET /api/resident/homes/:unitId/prepayment': { params: HomeParams, response: TopUpOptions },
  /** Whether new bills take the balance by themselves. */
  'PUT /api/resident/homes/:unitId/prepayment': {
    params: HomeParams,
    body: Type.Object({ usesItself: Type.Boolean() }, strict),
    response: TopUpOptions,
  },
  'GET /api/resident/homes/:unitId/prepayment/movements': {
    params: HomeParams,
    query: Type.Object(PageQuery),
    response: Page(ResidentMovement),
  },
  /** Pays bills of the home out of its balance; `amountFen` is what the app showed. */
  'POST /api/resident/homes/:unitId/prepayment/uses': {
    params: HomeParams,
    body: Type.Object({ items: Items, amountFen: PaidFen, idempotencyKey: IdempotencyKey }, strict),
    status: 201,
    response: Type.Object({ usedFen: FenAmount, balanceFen: FenAmount }),
  },
} as const;
