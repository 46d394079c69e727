import Type, { type Static } from 'typebox';
import { Day, FenAmount, Id, Instant, Nullable, Page, PageQuery, SignedFen } from './common.ts';

export const AccountKind = Type.Union([
  Type.Literal('receivable'),
  Type.Literal('revenue'),
  Type.Literal('deposit'),
  Type.Literal('agency'),
  Type.Literal('channel'),
  Type.Literal('cash'),
  Type.Literal('cheque'),
  Type.Literal('pos'),
  Type.Literal('bank'),
  Type.Literal('prepayment'),
  Type.Literal('suspense'),
]);
export type AccountKind = Static<typeof AccountKind>;

export const AccountView = Type.Object({
  /** Kind and keys: "receivable:<community>:<fee item>", "channel:<merchant account>", "suspense". */
  code: Type.String(),
  kind: AccountKind,
  normalSide: Type.Union([Type.Literal('debit'), Type.Literal('credit')]),
  /** The parts of the code after the kind: ids of community, fee item or merchant account. */
  keys: Type.Array(Id),
  /** All that was booked on each side up to the instant asked for. */
  debitFen: FenAmount,
  creditFen: FenAmount,
  /** On the account's normal side. */
  balanceFen: SignedFen,
});
export type AccountView = Static<typeof AccountView>;

export const TransferView = Type.Object({
  id: Id,
  /** The company's day on which the books took it. */
  day: Day,
  /** Why: 'billing.publish', 'payment.collect' … */
  kind: Type.String(),
  /** The exactly-once key of the posting. */
  key: Type.String(),
  postingId: Id,
  /** The bill run, payment or case behind it. */
  sourceId: Id,
  debit: Type.String(),
  credit: Type.String(),
  amountFen: FenAmount,
  postedAt: Instant,
  /** Under which seal the transfer lies; null for the first seconds. */
  sealNo: Nullable(Type.Integer()),
});
export type TransferView = Static<typeof TransferView>;

const AccountQuery = {
  kind: Type.Optional(AccountKind),
  /** Balances as of this instant (RFC 3339); now when nothing is said. */
  at: Type.Optional(Instant),
};
export const AccountFilter = Type.Object(AccountQuery);
export type AccountFilter = Static<typeof AccountFilter>;

const TransferQuery = {
  /** An account's code: transfers that it gave or took. */
  account: Type.Optional(Type.String({ maxLength: 120 })),
  sourceId: Type.Optional(Id),
  /**
   * Days of the company, both included, at most 366. The last 31 days when nothing is said;
   * with a source, all days.
   */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
};
export const TransferFilter = Type.Object(TransferQuery);
export type TransferFilter = Static<typeof TransferFilter>;

/**
 * Routes of the module ledger, keyed 'METHOD /path'.
 * Besides: GET /api/ledger/accounts.csv and GET /api/ledger/transfers.csv with the same filters.
 */
export const ledgerRoutes = {
  /** By code. */
  'GET /api/ledger/accounts': {
    query: Type.Object({ ...AccountQuery, ...PageQuery }),
    response: Page(AccountView),
  },
  /** Newest first. */
  'GET /api/ledger/transfers': {
    query: Type.Object({ ...TransferQuery, ...PageQuery }),
    response: Page(TransferView),
  },
} as const;
