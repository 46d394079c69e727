import Type, { type Static } from 'typebox';
import {
  AutopayDebit,
  AutopayDebitState,
  AutopayLogEntry,
  AutopayMandate,
  AutopayRule,
  AutopayState,
} from './autopay-views.ts';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Nothing, Nullable, Page, PageQuery } from './common.ts';
import { ResidentSurface } from './resident-sign-in.ts';

export * from './autopay-views.ts';

const strict = { additionalProperties: false };
/** Channels take far less; this only keeps sums within bounds. */
const LimitFen = Type.Integer({ minimum: 1_00, maximum: 1_000_000_00 });
/** Made by the app once per tap, the same on every retry. */
const IdempotencyKey = Type.String({ minLength: 8, maxLength: 80 });
const ChannelId = Type.String({ pattern: '^[a-z][a-z-]{1,30}$' });

const MandateParams = Type.Object({ mandateId: Id });
const DebitParams = Type.Object({ mandateId: Id, debitId: Id });

/** What a resident chose on the way to sign. */
const wish = {
  channel: ChannelId,
  merchantAccountId: Id,
  homes: Type.Array(
    Type.Object(
      { unitId: Id, feeItemIds: Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }) },
      strict,
    ),
    { minItems: 1, maxItems: 10 },
  ),
  limitDebitFen: LimitFen,
  limitMonthFen: LimitFen,
  firstDebitOn: Day,
};

/** A wallet that can be debited, with what it could pay. A signature is for one of these. */
export const AutopayOption = Type.Object({
  channel: Type.String(),
  merchantAccountId: Id,
  wallet: Bilingual,
  /** Who collects, where two accounts share the fee items. */
  accountName: Type.String(),
  homes: Type.Array(
    Type.Object({
      unitId: Id,
      communityName: Type.String(),
      label: Type.String(),
      items: Type.Array(
        Type.Object({
          feeItemId: Id,
          name: Type.String(),
          /** The newest bill of it; null without any. */
          newestFen: Nullable(FenAmount),
          /** Another mandate pays it: one's own is replaced by signing, a neighbour's is not. */
          paidBy: Nullable(Type.Enum(['me', 'other'])),
        }),
      ),
    }),
  ),
  suggestedDebitFen: FenAmount,
  suggestedMonthFen: FenAmount,
  /** The wallet can sign here and now; else how to get there. */
  isHere: Type.Boolean(),
  guide: Type.Array(Bilingual),
});
export type AutopayOption = Static<typeof AutopayOption>;

/** What is about to be agreed to, in plain words, to be read before the wallet opens. */
export const AutopayTerms = Type.Object({ lines: Type.Array(Bilingual) });
export type AutopayTerms = Static<typeof AutopayTerms>;

export const AutopaySigning = Type.Object({
  mandateId: Id,
  /** Open it as a whole page, in the wallet. */
  url: Type.String(),
  /** Back in the app, ask POST …/check what became of it. */
  mandate: AutopayMandate,
});
export type AutopaySigning = Static<typeof AutopaySigning>;

/** What a stop came to: a debit that the channel was already asked for may still be taken. */
export const AutopayStopped = Type.Object({
  mandate: AutopayMandate,
  stillUnderWay: Nullable(AutopayDebit),
});
export type AutopayStopped = Static<typeof AutopayStopped>;

/** Routes of the resident app, for whoever is signed in. */
export const autopayResidentRoutes = {
  'GET /api/resident/autopay': {
    response: Type.Object({
      asOf: Instant,
      mandates: Type.Array(AutopayMandate),
      /** Some wallet can be debited for some home. */
      canSign: Type.Boolean(),
    }),
  },
  'GET /api/resident/autopay/options': {
    query: Type.Object({ surface: ResidentSurface }),
    response: Type.Object({ firstDebitOn: Day, options: Type.Array(AutopayOption) }),
  },
  /** Changes nothing. */
  'POST /api/resident/autopay/terms': { body: Type.Object(wish, strict), response: AutopayTerms },
  /** The same key is the same signing. */
  'POST /api/resident/autopay': {
    body: Type.Object(
      { ...wish, surface: ResidentSurface, idempotencyKey: IdempotencyKey },
      strict,
    ),
    status: 201,
    response: AutopaySigning,
  },
  'GET /api/resident/autopay/:mandateId': { params: MandateParams, response: AutopayMandate },
  /** Asks the channel now: for whoever comes back from the wallet. */
  'POST /api/resident/autopay/:mandateId/check': {
    params: MandateParams,
    response: AutopayMandate,
  },
  /** At most what was signed; more is agreed to by signing again. */
  'POST /api/resident/autopay/:mandateId/limits': {
    params: MandateParams,
    body: Type.Object({ limitDebitFen: LimitFen, limitMonthFen: LimitFen }, strict),
    response: AutopayMandate,
  },
  /** From the answer on no debit starts. */
  'POST /api/resident/autopay/:mandateId/stop': { params: MandateParams, response: AutopayStopped },
  /** Its bills are left to the payer. */
  'POST /api/resident/autopay/:mandateId/debits/:debitId/skip': {
    params: DebitParams,
    response: AutopayMandate,
  },
  /** Takes back a skip: the debit keeps its day, or its bills come with the next one. */
  'POST /api/resident/autopay/:mandateId/debits/:debitId/unskip': {
    params: DebitParams,
    response: AutopayMandate,
  },
  /** Newest first. */
  'GET /api/resident/autopay/:mandateId/debits': {
    params: MandateParams,
    query: Type.Object(PageQuery),
    response: Page(AutopayDebit),
  },
  'GET /api/resident/autopay/:mandateId/log': {
    params: MandateParams,
    query: Type.Object(PageQuery),
    response: Page(AutopayLogEntry),
  },
} as const;

const payer = {
  residentId: Id,
  residentName: Nullable(Type.String()),
  phoneMasked: Nullable(Type.String()),
};

export const AutopayMandateRow = Type.Object({
  id: Id,
  ...payer,
  channel: Type.String(),
  wallet: Bilingual,
  state: AutopayState,
  units: Type.Array(
    Type.Object({ unitId: Id, communityName: Type.String(), label: Type.String() }),
  ),
  limitDebitFen: FenAmount,
  limitMonthFen: FenAmount,
  signedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  nextDebitOn: Nullable(Day),
  nextDebitFen: Nullable(FenAmount),
});
export type AutopayMandateRow = Static<typeof AutopayMandateRow>;

export const AutopayDebitRow = Type.Object({
  id: Id,
  mandateId: Id,
  ...payer,
  wallet: Bilingual,
  units: Type.Array(Type.Object({ unitId: Id, label: Type.String() })),
  debitOn: Day,
  amountFen: FenAmount,
  tryNo: Type.Integer(),
  state: AutopayDebitState,
  note: Nullable(Bilingual),
  paymentId: Nullable(Id),
  endedAt: Nullable(Instant),
});
export type AutopayDebitRow = Static<typeof AutopayDebitRow>;

export const AutopayMandateDetail = Type.Object({
  ...AutopayMandate.properties,
  ...payer,
  mandateNo: Type.String(),
  merchantAccountName: Type.String(),
  /** Newest first, at most 50 each. */
  debits: Type.Array(AutopayDebit),
  log: Type.Array(AutopayLogEntry),
  allowedActions: Type.Array(Type.Enum(['stop', 'check'])),
});
export type AutopayMandateDetail = Static<typeof AutopayMandateDetail>;

export const AutopaySummary = Type.Object({
  active: Type.Integer(),
  signedInPeriod: Type.Integer(),
  endedInPeriod: Type.Integer(),
  paid: Type.Integer(),
  paidFen: FenAmount,
  failed: Type.Integer(),
  /** Of debits that came to a clear end; null without any. */
  successRateBp: Nullable(Type.Integer()),
  reasons: Type.Array(Type.Object({ code: Type.String(), text: Bilingual, count: Type.Integer() })),
});
export type AutopaySummary = Static<typeof AutopaySummary>;

export const AutopaySettingView = Type.Object({
  ...AutopayRule,
  communityId: Nullable(Id),
  communityName: Nullable(Type.String()),
  updatedAt: Nullable(Instant),
  updatedBy: Nullable(Type.String()),
});
export type AutopaySettingView = Static<typeof AutopaySettingView>;

const MandateFilter = {
  state: Type.Optional(AutopayState),
  communityId: Type.Optional(Id),
  channel: Type.Optional(ChannelId),
};
const DebitFilter = {
  state: Type.Optional(AutopayDebitState),
  communityId: Type.Optional(Id),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
};

/**
 * Routes for staff. Besides, as files with the same filters: GET /api/autopay/mandates.csv and
 * GET /api/autopay/debits.csv.
 */
export const autopayRoutes = {
  'GET /api/autopay/mandates': {
    query: Type.Object({ ...MandateFilter, ...PageQuery }),
    response: Page(AutopayMandateRow),
  },
  'GET /api/autopay/mandates/:mandateId': { params: MandateParams, response: AutopayMandateDetail },
  'POST /api/autopay/mandates/:mandateId/check': {
    params: MandateParams,
    response: AutopayMandateDetail,
  },
  'POST /api/autopay/mandates/:mandateId/stop': {
    params: MandateParams,
    body: Type.Object(
      { reason: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }) },
      strict,
    ),
    response: AutopayMandateDetail,
  },
  'GET /api/autopay/debits': {
    query: Type.Object({ ...DebitFilter, ...PageQuery }),
    response: Page(AutopayDebitRow),
  },
  'GET /api/autopay/summary': {
    query: Type.Object({ from: Day, to: Day }),
    response: AutopaySummary,
  },
  /** The company's rule first, then the communities that have one of their own. */
  'GET /api/autopay/settings': {
    response: Type.Object({ items: Type.Array(AutopaySettingView) }),
  },
  'PUT /api/autopay/settings': {
    body: Type.Object({ ...AutopayRule, communityId: Nullable(Id) }, strict),
    response: AutopaySettingView,
  },
  /** The community follows the company's rule again. */
  'DELETE /api/autopay/settings/:communityId': {
    params: Type.Object({ communityId: Id }),
    response: Nothing,
  },
} as const;
