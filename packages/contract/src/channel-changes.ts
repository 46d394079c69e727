import Type, { type Static } from 'typebox';
import { AccountState, ChannelName, CircuitState } from './channel-views.ts';
import { Bilingual } from './charging.ts';
import { Id, Instant, Nullable } from './common.ts';
import { Product } from './evidence.ts';

/** What came of asking for a change. */
export const ChangeOutcome = Type.Object({
  /** `waiting`: nothing has changed yet, another person must approve it. */
  state: Type.Enum(['waiting', 'applied']),
  changeId: Nullable(Id),
  merchantAccountId: Nullable(Id),
  /** Applied without a second person, because the company has none. */
  isAlone: Type.Boolean(),
});
export type ChangeOutcome = Static<typeof ChangeOutcome>;

export const ChangeState = Type.Enum(['open', 'approved', 'rejected', 'withdrawn']);

export const ChannelChangeView = Type.Object({
  id: Id,
  kind: Type.Enum(['create-account', 'change-account', 'save-route', 'remove-route']),
  title: Type.String(),
  state: ChangeState,
  /** One line for everything that will be different; of secrets only that they are replaced. */
  lines: Type.Array(
    Type.Object({ label: Bilingual, before: Nullable(Bilingual), after: Nullable(Bilingual) }),
  ),
  isAlone: Type.Boolean(),
  proposedBy: Type.String(),
  proposedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  /** Why it was rejected. */
  note: Nullable(Type.String()),
  allowedActions: Type.Array(
    Type.Object({
      action: Type.Enum(['approve', 'reject', 'withdraw']),
      allowed: Type.Boolean(),
      reason: Nullable(Bilingual),
    }),
  ),
});
export type ChannelChangeView = Static<typeof ChannelChangeView>;

const routeFields = {
  communityId: Nullable(Id),
  feeItemId: Nullable(Id),
  product: Nullable(Product),
  merchantAccountId: Id,
  /** The lower one is tried first, among rules that say as much. */
  priority: Type.Integer({ minimum: 1, maximum: 999 }),
};
export const RouteBody = Type.Object(routeFields, { additionalProperties: false });

export const ChannelRouteView = Type.Object({
  id: Id,
  ...routeFields,
  communityName: Nullable(Type.String()),
  feeItemName: Nullable(Type.String()),
  channel: ChannelName,
  accountName: Type.String(),
  accountState: AccountState,
  circuit: CircuitState,
  openChangeId: Nullable(Id),
});
export type ChannelRouteView = Static<typeof ChannelRouteView>;

/** Which account would take a fee item now, and why. */
export const RouteTrial = Type.Object({
  /** Null: it cannot be paid in this way. */
  accountName: Nullable(Type.String()),
  why: Bilingual,
  /** In the order in which they are tried. */
  candidates: Type.Array(
    Type.Object({
      merchantAccountId: Id,
      accountName: Type.String(),
      isChosen: Type.Boolean(),
      routeId: Nullable(Id),
      why: Bilingual,
    }),
  ),
});
export type RouteTrial = Static<typeof RouteTrial>;

/** What somebody has to look at: for the mark in the menu. */
export const ChannelAlerts = Type.Object({
  /** Keys and certificates that end within 30 days, or have. */
  expiring: Type.Integer(),
  /** Accounts whose circuit is open. */
  openCircuits: Type.Integer(),
  /** Changes that wait for somebody else than who proposed them. */
  toDecide: Type.Integer(),
  /** There is no second person: changes count at once, and nobody checks them. */
  isAlone: Type.Boolean(),
});
