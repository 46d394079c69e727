import Type from 'typebox';
import {
  ChangeOutcome,
  ChangeState,
  ChannelAlerts,
  ChannelChangeView,
  ChannelRouteView,
  RouteBody,
  RouteTrial,
} from './channel-changes.ts';
import {
  AccountHealth,
  AccountState,
  ChannelName,
  ChannelView,
  KeyMode,
  MerchantAccountView,
  StatementKind,
  StatementView,
} from './channel-views.ts';
import { Day, Id, Page, PageQuery } from './common.ts';
import { Product } from './evidence.ts';

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

const AccountParams = Type.Object({ id: Id });
const ChangeParams = Type.Object({ changeId: Id });
const RouteParams = Type.Object({ routeId: Id });

const TestOutcome = Type.Object({
  ok: Type.Boolean(),
  /** The channel's code, or ours when it did not answer clearly. */
  code: Type.String(),
  /** What it means and what to do, in the reader's language. */
  message: Type.String(),
  durationMs: Type.Integer(),
});

/**
 * Routes of the module channels, keyed 'METHOD /path'. Besides, as files:
 * GET /api/channel-routes.csv and GET /api/channel-changes.csv with the same filters;
 * GET /api/merchant-accounts/:id/statements/:day/file and …/lines.csv, with the same kind.
 */
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
        mode: KeyMode,
        credentials: Secrets,
        endpoints: Type.Optional(Endpoints),
      },
      { additionalProperties: false },
    ),
    status: 201,
    response: ChangeOutcome,
  },
  'GET /api/merchant-accounts/:id': { params: AccountParams, response: MerchantAccountView },
  /** Only what is given changes; credentials left out stay as they are. */
  'PATCH /api/merchant-accounts/:id': {
    params: AccountParams,
    body: Type.Object(
      {
        name: Type.Optional(Name),
        mode: Type.Optional(KeyMode),
        state: Type.Optional(AccountState),
        credentials: Type.Optional(Secrets),
        endpoints: Type.Optional(Endpoints),
      },
      { additionalProperties: false },
    ),
    response: ChangeOutcome,
  },
  /** Signs a query for an order that does not exist and says what the channel thinks of it. */
  'POST /api/merchant-accounts/:id/test': {
    params: AccountParams,
    response: TestOutcome,
  },
  'GET /api/merchant-accounts/:id/health': { params: AccountParams, response: AccountHealth },
  /** Fetched from the channel at this moment; nothing of it is kept. */
  'GET /api/merchant-accounts/:id/statements/:day': {
    params: Type.Object({ id: Id, day: Day }),
    query: Type.Object({ kind: Type.Optional(StatementKind) }),
    response: StatementView,
  },
  /** Newest first. */
  'GET /api/channel-changes': {
    query: Type.Object({ ...PageQuery, state: Type.Optional(ChangeState) }),
    response: Page(ChannelChangeView),
  },
  'GET /api/channel-changes/:changeId': { params: ChangeParams, response: ChannelChangeView },
  /** Tries an account as it would be after the change. */
  'POST /api/channel-changes/:changeId/test': { params: ChangeParams, response: TestOutcome },
  'POST /api/channel-changes/:changeId/approve': {
    params: ChangeParams,
    response: ChannelChangeView,
  },
  'POST /api/channel-changes/:changeId/reject': {
    params: ChangeParams,
    body: Type.Object(
      { reason: Type.String({ minLength: 1, maxLength: 200 }) },
      { additionalProperties: false },
    ),
    response: ChannelChangeView,
  },
  'POST /api/channel-changes/:changeId/withdraw': {
    params: ChangeParams,
    response: ChannelChangeView,
  },
  /** In the order in which they are tried. */
  'GET /api/channel-routes': {
    response: Type.Object({ items: Type.Array(ChannelRouteView) }),
  },
  'POST /api/channel-routes': { body: RouteBody, status: 201, response: ChangeOutcome },
  'PUT /api/channel-routes/:routeId': {
    params: RouteParams,
    body: RouteBody,
    response: ChangeOutcome,
  },
  'DELETE /api/channel-routes/:routeId': { params: RouteParams, response: ChangeOutcome },
  'GET /api/channel-routes/trial': {
    query: Type.Object({ communityId: Id, feeItemId: Id, channel: ChannelName, product: Product }),
    response: RouteTrial,
  },
  'GET /api/channel-alerts': { response: ChannelAlerts },
} as const;
