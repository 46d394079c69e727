import Type, { type Static } from 'typebox';
import { Id, Instant, Nullable } from './common.ts';

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
