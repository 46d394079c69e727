import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Nullable, SignedFen } from './common.ts';
import { Product } from './evidence.ts';

/** The name under which the server knows a channel; GET /api/channels lists them. */
export const ChannelName = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' });
export const KeyMode = Type.Enum(['certificate', 'public-key', 'secret-key']);

const fieldOfAccount = {
  name: Type.String(),
  label: Bilingual,
  /** Where to find it, or what form it has. */
  hint: Nullable(Bilingual),
  /** A regular expression over the whole value. */
  pattern: Nullable(Type.String()),
  isOptional: Type.Boolean(),
  /** Only in these modes; in all where it is null. */
  modes: Nullable(Type.Array(KeyMode)),
};

/** An address to enter at the provider. */
const RegistrationView = Type.Object({
  label: Bilingual,
  where: Bilingual,
  /** Null where it holds the account's number, which a new account is given when it is saved. */
  value: Nullable(Type.String()),
});

/** All that the console needs to know of a channel, so that it knows no channel by name. */
export const ChannelView = Type.Object({
  name: ChannelName,
  label: Bilingual,
  /** Of its icon and of charts; never of text. */
  color: Type.String(),
  /** The wallet whose browser can pay in the page. */
  wallet: Nullable(Type.String()),
  products: Type.Array(Product),
  modes: Type.Array(Type.Object({ mode: KeyMode, label: Bilingual })),
  /** Numbers by which the provider knows the account: mchId, appId, subMchId, subAppId. */
  ids: Type.Array(Type.Object(fieldOfAccount)),
  /** `pem`: a text of several lines, or a file; `secret`: shown as dots. All are only written. */
  secrets: Type.Array(
    Type.Object({ ...fieldOfAccount, kind: Type.Enum(['text', 'secret', 'pem']) }),
  ),
  /** The channel's own addresses by name. */
  endpoints: Type.Record(Type.String(), Type.String()),
  /** What to fetch and do at the provider, in order. */
  guide: Type.Array(Bilingual),
  registrations: Type.Array(RegistrationView),
  /** A regular expression over the payer's whole code (付款码) of this channel. */
  codePattern: Nullable(Type.String()),
  /** Most days after the payment on which a refund is still taken. */
  refundDays: Type.Integer(),
  /** Whether several refunds of one order are taken. */
  partialRefunds: Type.Boolean(),
  statements: Type.Array(Type.Enum(['trade', 'fund'])),
});
export type ChannelView = Static<typeof ChannelView>;

export const PlatformKeyView = Type.Object({
  serial: Type.String(),
  kind: KeyMode,
  validFrom: Nullable(Instant),
  validTo: Nullable(Instant),
});

export const AccountState = Type.Enum(['active', 'disabled']);
/** `open`: skipped for new orders while another account takes them; `half-open`: tried again. */
export const CircuitState = Type.Enum(['closed', 'open', 'half-open']);

/** Something that stops being good on a day. */
export const ExpiryView = Type.Object({
  /** `platform`: a key of the channel's; `own`: a certificate of ours. */
  kind: Type.Enum(['platform', 'own']),
  label: Bilingual,
  /** Of a platform key. */
  serial: Nullable(Type.String()),
  at: Instant,
  daysLeft: Type.Integer(),
  level: Type.Enum(['good', 'soon', 'over']),
});
export type ExpiryView = Static<typeof ExpiryView>;

export const MerchantAccountView = Type.Object({
  id: Id,
  /** The account's number in its notify URL. */
  number: Type.Integer(),
  channel: ChannelName,
  name: Type.String(),
  mchId: Type.String(),
  appId: Type.String(),
  mode: KeyMode,
  state: AccountState,
  subMchId: Nullable(Type.String()),
  subAppId: Nullable(Type.String()),
  endpoints: Type.Record(Type.String(), Type.String()),
  /** Where the channel must send notifications of this account. */
  notifyUrl: Type.String(),
  registrations: Type.Array(RegistrationView),
  platformKeys: Type.Array(PlatformKeyView),
  /** The next to end first. */
  expiries: Type.Array(ExpiryView),
  /** Secrets of before the last rotation are honoured until then. */
  previousUntil: Nullable(Instant),
  circuit: CircuitState,
  /** The change that waits for a second person. */
  openChangeId: Nullable(Id),
  /** Notices refused in the last 24 hours: forged, foreign or stale. */
  refusedNotices: Type.Integer(),
  createdAt: Instant,
});
export type MerchantAccountView = Static<typeof MerchantAccountView>;

/** How calls of a time went. */
const HealthWindow = Type.Object({
  minutes: Type.Integer(),
  verb: Type.Enum(['prepay', 'query']),
  calls: Type.Integer(),
  /** Refusals of single orders: no fault of the account. */
  refused: Type.Integer(),
  /** Without a clear answer, or refused as every order would be. */
  sick: Type.Integer(),
  /** Null without calls. */
  successRateBp: Nullable(Type.Integer()),
  /** Upper end of the bucket in which it lies; null without calls, or beyond the last one. */
  p50Ms: Nullable(Type.Integer()),
  p95Ms: Nullable(Type.Integer()),
});

export const AccountHealth = Type.Object({
  circuit: CircuitState,
  since: Nullable(Instant),
  reason: Nullable(Bilingual),
  /** When an open circuit is probed next. */
  retryAt: Nullable(Instant),
  windows: Type.Array(HealthWindow),
  /** The end of the longest bucket: what took longer is `p95Ms` null. */
  longestMs: Type.Integer(),
  /** Notices of the last seven days that were not believed, by reason. */
  refusals: Type.Array(
    Type.Object({
      reason: Type.String(),
      words: Bilingual,
      times: Type.Integer(),
      lastAt: Instant,
    }),
  ),
  /** The newest calls that went wrong. */
  trouble: Type.Array(
    Type.Object({
      at: Instant,
      verb: Type.String(),
      orderNo: Nullable(Type.String()),
      outcome: Type.String(),
      status: Nullable(Type.Integer()),
      durationMs: Type.Integer(),
      said: Type.String(),
    }),
  ),
});
export type AccountHealth = Static<typeof AccountHealth>;

export const StatementKind = Type.Enum(['trade', 'fund']);

export const StatementLineView = Type.Object({
  kind: Type.Enum(['payment', 'refund', 'other']),
  at: Type.String(),
  orderNo: Type.String(),
  tradeNo: Type.String(),
  refundNo: Type.String(),
  amountFen: SignedFen,
  feeYuan: Type.String(),
  state: Type.String(),
});

export const StatementView = Type.Object({
  state: Type.Enum(['ready', 'none', 'not-ready', 'broken', 'unsupported', 'unknown']),
  /** What it means and what to do. */
  words: Bilingual,
  /** Of `ready`. */
  statement: Nullable(
    Type.Object({
      day: Day,
      kind: StatementKind,
      fileName: Type.String(),
      fileBytes: Type.Integer(),
      totals: Type.Object({
        paymentCount: Type.Integer(),
        paymentFen: FenAmount,
        refundCount: Type.Integer(),
        refundFen: FenAmount,
        feeYuan: Type.String(),
      }),
      lineCount: Type.Integer(),
      /** The first 500; the CSV has all. */
      lines: Type.Array(StatementLineView),
    }),
  ),
});
export type StatementView = Static<typeof StatementView>;
