import Type, { type Static } from 'typebox';
import { Id, Instant, Nothing, Nullable } from './common.ts';
import { ServicePhone } from './estate.ts';

const strict = { additionalProperties: false };

/** Short code of a company, as it stands in `/r/<company>/`. */
const Company = Type.String({ pattern: '^[a-z][a-z0-9]{1,6}$' });
const MobilePhone = Type.String({ pattern: '^1[3-9]\\d{9}$' });
const SixDigits = Type.String({ pattern: '^\\d{6}$' });
const Email = Type.String({ maxLength: 120, pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]{2,}$' });
const ChannelId = Type.String({ pattern: '^[a-z][a-z-]{1,30}$' });
const AppId = Type.String({ minLength: 1, maxLength: 64 });
/** What `wx.login` or `my.getAuthCode` gave. */
const LoginCode = Type.String({ minLength: 1, maxLength: 512 });

/** Where the app runs; a page keeps its session in a cookie, a mini-program gets a token. */
export const ResidentSurface = Type.Enum(['h5', 'wechat', 'alipay']);
export type ResidentSurface = Static<typeof ResidentSurface>;
export const ResidentLanguage = Type.Enum(['zh', 'en']);

export const MeView = Type.Object({
  accountId: Id,
  displayName: Nullable(Type.String()),
  phoneMasked: Nullable(Type.String()),
  emailMasked: Nullable(Type.String()),
  language: ResidentLanguage,
  isElder: Type.Boolean(),
  company: Type.Object({ name: Type.String(), shortCode: Type.String() }),
  wallets: Type.Array(
    Type.Object({ walletId: Id, channel: Type.String(), appId: Type.String(), linkedAt: Instant }),
  ),
  /** Homes they are bound to; none yet: the app offers to bind one. */
  homes: Type.Integer(),
  demo: Type.Boolean(),
});
export type MeView = Static<typeof MeView>;

export const SignedIn = Type.Object({
  /** For `Authorization: Bearer`; null for a page, which has a cookie. */
  token: Nullable(Type.String()),
  /** Nobody had signed in with it before. */
  isNew: Type.Boolean(),
  me: MeView,
});
export type SignedIn = Static<typeof SignedIn>;

/** A code is on its way, or so it is answered: nothing tells whether anybody is known by it. */
export const CodeSent = Type.Object({
  codeId: Id,
  expiresInSeconds: Type.Integer(),
  /** Before that another one is refused. */
  againInSeconds: Type.Integer(),
});

/** A phone that was proved: it is the account's now, or it signs in to another account. */
export const PhoneProved = Type.Object({
  kind: Type.Enum(['linked', 'other-account']),
  me: MeView,
  /** For POST /api/resident/session/switch, within ten minutes. */
  ticket: Nullable(Id),
  /**
   * Whether the wallet of this account may move to the other one: only if this account is empty.
   * Ask first: from then on whoever opens the wallet is the other account.
   */
  mayMoveWallet: Type.Boolean(),
});
export type PhoneProved = Static<typeof PhoneProved>;

/** How one can sign in here and now. */
export const SignInWays = Type.Object({
  company: Type.Object({ name: Type.String(), shortCode: Type.String() }),
  /** Wallets whose page or mini-program tells who this is. */
  wallets: Type.Array(
    Type.Object({
      channel: Type.String(),
      appId: Type.String(),
      label: Type.Object({ zh: Type.String(), en: Type.String() }),
      /** The page was opened in this wallet: `loginUrl` signs in without asking anything. */
      isHere: Type.Boolean(),
      /** For a page: open it as a whole page; add `&next=/r/…`. */
      loginUrl: Type.String(),
    }),
  ),
});
export type SignInWays = Static<typeof SignInWays>;

/** Whom to call: of one's community, else of the company. Printed on doors, so no secret. */
export const OfficePhones = Type.Object({
  service: Nullable(ServicePhone),
  communities: Type.Array(
    Type.Object({ communityId: Id, communityName: Type.String(), service: ServicePhone }),
  ),
});
export type OfficePhones = Static<typeof OfficePhones>;

export const ResidentSessionView = Type.Object({
  sessionId: Id,
  surface: ResidentSurface,
  createdAt: Instant,
  lastSeenAt: Instant,
  /** What the browser says of itself, shortened. */
  device: Nullable(Type.String()),
  isThis: Type.Boolean(),
});
export type ResidentSessionView = Static<typeof ResidentSessionView>;

const ByCode = Type.Object({ codeId: Id, code: SixDigits }, strict);
const WalletCode = { channel: ChannelId, appId: Type.Optional(AppId), loginCode: LoginCode };

/**
 * Before somebody is signed in. Besides, for pages in a wallet's browser:
 * GET /api/resident/wallet-login/:channel?company=…&next=/r/… leads to the wallet and back.
 */
export const residentSignInRoutes = {
  'GET /api/resident/sign-in-ways': {
    query: Type.Object({ company: Company }),
    response: SignInWays,
  },
  'GET /api/resident/office': {
    query: Type.Object({ company: Company }),
    response: OfficePhones,
  },
  'POST /api/resident/codes': {
    body: Type.Object(
      { company: Company, phone: MobilePhone, language: Type.Optional(ResidentLanguage) },
      strict,
    ),
    response: CodeSent,
  },
  /** By a code that came by SMS; a phone that nobody has signed in with begins an account. */
  'POST /api/resident/session/phone': {
    body: Type.Object(
      { company: Company, surface: ResidentSurface, codeId: Id, code: SixDigits },
      strict,
    ),
    response: SignedIn,
  },
  /** By the wallet, in its mini-program. */
  'POST /api/resident/session/wallet': {
    body: Type.Object({ company: Company, ...WalletCode }, strict),
    response: SignedIn,
  },
} as const;

/** The account of whoever is signed in, their sessions and how they can be reached. */
export const residentAccountRoutes = {
  'GET /api/resident/me': { response: MeView },
  /** What is left out stays. Not PATCH: requests of a mini-program know no such method. */
  'POST /api/resident/me': {
    body: Type.Object(
      {
        displayName: Type.Optional(Nullable(Type.String({ maxLength: 30 }))),
        language: Type.Optional(ResidentLanguage),
        isElder: Type.Optional(Type.Boolean()),
      },
      strict,
    ),
    response: MeView,
  },
  /** Erases the personal data, ends every binding and session; payments and bills stay. */
  'POST /api/resident/me/close': {
    body: Type.Object({ confirm: Type.Literal(true) }, strict),
    response: Nothing,
  },
  'POST /api/resident/me/phone-codes': {
    body: Type.Object({ phone: MobilePhone }, strict),
    response: CodeSent,
  },
  'PUT /api/resident/me/phone': { body: ByCode, response: PhoneProved },
  /** The phone that the wallet knows, when its owner agreed: `code`, or Alipay's `encrypted`. */
  'PUT /api/resident/me/wallet-phone': {
    body: Type.Object(
      {
        channel: Type.Enum(['wechat-pay', 'alipay']),
        appId: Type.Optional(AppId),
        code: Type.Optional(LoginCode),
        encrypted: Type.Optional(Type.String({ minLength: 1, maxLength: 8192 })),
      },
      strict,
    ),
    response: PhoneProved,
  },
  'POST /api/resident/me/email-codes': {
    body: Type.Object({ address: Email }, strict),
    response: CodeSent,
  },
  'PUT /api/resident/me/email': { body: ByCode, response: MeView },
  'DELETE /api/resident/me/email': { response: MeView },
  /** Lets the wallet of this mini-program sign in to this account. */
  'POST /api/resident/me/wallets': { body: Type.Object(WalletCode, strict), response: MeView },
  'DELETE /api/resident/me/wallets/:walletId': {
    params: Type.Object({ walletId: Id }),
    response: MeView,
  },
  /** Sign out. */
  'DELETE /api/resident/session': { response: Nothing },
  /** Goes on as the account whose phone was proved. */
  'POST /api/resident/session/switch': {
    body: Type.Object({ ticket: Id, moveWallet: Type.Boolean() }, strict),
    response: SignedIn,
  },
  'GET /api/resident/sessions': {
    response: Type.Object({ items: Type.Array(ResidentSessionView) }),
  },
  'DELETE /api/resident/sessions/:sessionId': {
    params: Type.Object({ sessionId: Id }),
    response: Nothing,
  },
  'POST /api/resident/sessions/end-others': {
    body: Type.Object({}, strict),
    response: Type.Object({ ended: Type.Integer() }),
  },
  /** Where pushes go. Repeat at each start of the app: it also says that the device is in use. */
  'PUT /api/resident/devices': {
    body: Type.Object(
      {
        provider: Type.Enum(['jpush', 'getui']),
        token: Type.String({ minLength: 8, maxLength: 200 }),
      },
      strict,
    ),
    response: Type.Object({ deviceId: Id }),
  },
  'DELETE /api/resident/devices/:deviceId': {
    params: Type.Object({ deviceId: Id }),
    response: Nothing,
  },
} as const;
