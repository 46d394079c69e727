import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Id, Instant, Nullable } from './common.ts';
import { Product } from './payment.ts';

/** The name under which the server knows a channel; GET /api/channels lists them. */
const ChannelName = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' });
const Mode = Type.Enum(['certificate', 'public-key', 'secret-key']);
const Name = Type.String({ minLength: 1, maxLength: 60 });

/**
 * Written, never read back: secrets and PEM blocks by the names that the channel's description
 * gives them.
 */
const Secrets = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }),
  Type.String({ maxLength: 20_000 }),
);

/** Accepted in demo mode only; otherwise the channel's own addresses are used. */
const Endpoints = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }),
  Type.String({ maxLength: 200 }),
);

const fieldOfAccount = {
  name: Type.String(),
  label: Bilingual,
  /** Where to find it, or what form it has. */
  hint: Nullable(Bilingual),
  /** A regular expression over the whole value. */
  pattern: Nullable(Type.String()),
  isOptional: Type.Boolean(),
  /** Only in these modes; in all where it is null. */
  modes: Nullable(Type.Array(Mode)),
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
  modes: Type.Array(Type.Object({ mode: Mode, label: Bilingual })),
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
  kind: Mode,
  validFrom: Nullable(Instant),
  validTo: Nullable(Instant),
});

export const MerchantAccountView = Type.Object({
  id: Id,
  /** The account's number in its notify URL. */
  number: Type.Integer(),
  channel: ChannelName,
  name: Type.String(),
  mchId: Type.String(),
  appId: Type.String(),
  mode: Mode,
  state: Type.Union([Type.Literal('active'), Type.Literal('disabled')]),
  subMchId: Nullable(Type.String()),
  subAppId: Nullable(Type.String()),
  endpoints: Type.Record(Type.String(), Type.String()),
  /** Where the channel must send notifications of this account. */
  notifyUrl: Type.String(),
  platformKeys: Type.Array(PlatformKeyView),
  /** Notices refused in the last 24 hours: forged, foreign or stale. */
  refusedNotices: Type.Integer(),
  createdAt: Instant,
});
export type MerchantAccountView = Static<typeof MerchantAccountView>;

const AccountParams = Type.Object({ id: Id });

/** Routes of the module channels, keyed 'METHOD /path'. */
export const channelsRoutes = {
  /** Every channel that the server knows; not only those with an account. */
  'GET /api/channels': { response: Type.Object({ items: Type.Array(ChannelView) }) },
  'GET /api/merchant-accounts': {
    response: Type.Object({ items: Type.Array(MerchantAccountView) }),
  },
  'POST /api/merchant-accounts': {
    body: Type.Object(
      {
        channel: ChannelName,
        name: Name,
        mchId: Type.String({ pattern: '^[0-9A-Za-z_-]{4,64}$' }),
        /** Empty where the channel knows no apps. */
        appId: Type.String({ pattern: '^[0-9A-Za-z_-]{0,64}$' }),
        subMchId: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{0,64}$' })),
        subAppId: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{0,64}$' })),
        mode: Mode,
        credentials: Secrets,
        endpoints: Type.Optional(Endpoints),
      },
      { additionalProperties: false },
    ),
    status: 201,
    response: MerchantAccountView,
  },
  /** Only what is given changes; credentials left out stay as they are. */
  'PATCH /api/merchant-accounts/:id': {
    params: AccountParams,
    body: Type.Object(
      {
        name: Type.Optional(Name),
        mode: Type.Optional(Mode),
        state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('disabled')])),
        credentials: Type.Optional(Secrets),
        endpoints: Type.Optional(Endpoints),
      },
      { additionalProperties: false },
    ),
    response: MerchantAccountView,
  },
  /** Signs a query for an order that does not exist and says what the channel thinks of it. */
  'POST /api/merchant-accounts/:id/test': {
    params: AccountParams,
    response: Type.Object({
      ok: Type.Boolean(),
      /** The channel's code, or ours when it did not answer clearly. */
      code: Type.String(),
      /** What it means and what to do, in the reader's language. */
      message: Type.String(),
      durationMs: Type.Integer(),
    }),
  },
} as const;
