import Type, { type Static } from 'typebox';
import { Id, Instant, Nullable } from './common.ts';

const ChannelName = Type.Literal('wechat-pay');
const Mode = Type.Union([Type.Literal('certificate'), Type.Literal('public-key')]);
const Name = Type.String({ minLength: 1, maxLength: 60 });

/** Written, never read back. PEM blocks and secrets as the channel's console gives them. */
const WechatCredentials = {
  /** Serial number of the merchant's API certificate (商户证书序列号), 40 hex digits. */
  merchantSerial: Type.String({ pattern: '^[0-9A-Fa-f]{8,64}$' }),
  privateKeyPem: Type.String({ minLength: 100, maxLength: 8000 }),
  apiV3Key: Type.String({ minLength: 32, maxLength: 32 }),
  appSecret: Type.String({ minLength: 1, maxLength: 128 }),
};

/** The WeChat Pay public key (微信支付公钥) and its id. */
const PublicKey = Type.Object(
  {
    id: Type.String({ pattern: '^PUB_KEY_ID_[0-9A-Za-z]{4,64}$' }),
    pem: Type.String({ minLength: 100, maxLength: 4000 }),
  },
  { additionalProperties: false },
);

/** Accepted in demo mode only; otherwise the channel's own hosts are used. */
const Endpoints = Type.Object(
  {
    baseUrl: Type.String({ maxLength: 200 }),
    loginUrl: Type.String({ maxLength: 200 }),
    authorizeUrl: Type.String({ maxLength: 200 }),
  },
  { additionalProperties: false },
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
  baseUrl: Type.String(),
  loginUrl: Type.String(),
  authorizeUrl: Type.String(),
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
        mchId: Type.String({ pattern: '^[0-9]{8,32}$' }),
        appId: Type.String({ pattern: '^wx[0-9A-Za-z]{8,30}$' }),
        mode: Mode,
        credentials: Type.Object(WechatCredentials, { additionalProperties: false }),
        publicKey: Type.Optional(PublicKey),
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
        credentials: Type.Optional(
          Type.Partial(Type.Object(WechatCredentials), { additionalProperties: false }),
        ),
        publicKey: Type.Optional(PublicKey),
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
