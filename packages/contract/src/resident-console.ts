import Type, { type Static } from 'typebox';
import { Id, Instant, Nullable, Page, PageQuery } from './common.ts';
import { HistoryEntry } from './estate.ts';

const strict = { additionalProperties: false };
const Reason = Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' });
const Role = Type.Enum(['owner', 'tenant', 'family', 'payer']);
const Surface = Type.Enum(['h5', 'wechat', 'alipay']);
const How = Type.Enum(['phone', 'account-number', 'invitation', 'application', 'staff']);

export const ResidentState = Type.Enum(['active', 'closed']);

const homeOfBinding = {
  bindingId: Id,
  unitId: Id,
  communityName: Type.String(),
  label: Type.String(),
  role: Role,
};

export const ResidentRow = Type.Object({
  residentId: Id,
  displayName: Nullable(Type.String()),
  phoneMasked: Nullable(Type.String()),
  state: ResidentState,
  homes: Type.Array(Type.Object(homeOfBinding)),
  createdAt: Instant,
  lastSeenAt: Nullable(Instant),
});
export type ResidentRow = Static<typeof ResidentRow>;

export const ResidentBinding = Type.Object({
  ...homeOfBinding,
  boundBy: How,
  boundAt: Instant,
  addedBy: Nullable(Type.String()),
  endedAt: Nullable(Instant),
  endReason: Nullable(Type.String()),
});
export type ResidentBinding = Static<typeof ResidentBinding>;

export const ResidentDetail = Type.Object({
  ...ResidentRow.properties,
  emailMasked: Nullable(Type.String()),
  language: Type.Enum(['zh', 'en']),
  isElder: Type.Boolean(),
  wallets: Type.Array(Type.Object({ channel: Type.String(), linkedAt: Instant })),
  bindings: Type.Array(ResidentBinding),
  sessions: Type.Array(
    Type.Object({
      sessionId: Id,
      surface: Surface,
      createdAt: Instant,
      lastSeenAt: Instant,
      ip: Nullable(Type.String()),
      device: Nullable(Type.String()),
    }),
  ),
  history: Type.Array(HistoryEntry),
  allowedActions: Type.Array(Type.Enum(['bind', 'end-binding', 'end-sessions'])),
});
export type ResidentDetail = Static<typeof ResidentDetail>;

const AppState = Type.Enum(['open', 'approved', 'rejected', 'withdrawn']);

export const HomeApplicationRow = Type.Object({
  applicationId: Id,
  residentId: Id,
  applicant: Type.String(),
  phoneMasked: Nullable(Type.String()),
  unitId: Id,
  communityName: Type.String(),
  label: Type.String(),
  role: Role,
  photos: Type.Integer(),
  state: AppState,
  createdAt: Instant,
  decidedAt: Nullable(Instant),
});
export type HomeApplicationRow = Static<typeof HomeApplicationRow>;

export const HomeApplicationDetail = Type.Object({
  ...HomeApplicationRow.properties,
  /** The name that the applicant gave, masked like every name. */
  nameMasked: Type.String(),
  /** Whether somebody of that name, or with that phone, stands in the house list for the unit. */
  nameOnFile: Type.Boolean(),
  phoneOnFile: Type.Boolean(),
  reason: Type.String(),
  photoIds: Type.Array(Id),
  decidedBy: Nullable(Type.String()),
  decisionReason: Nullable(Type.String()),
  /** Who has access to the unit already. */
  people: Type.Array(
    Type.Object({ name: Type.String(), phoneMasked: Nullable(Type.String()), role: Role }),
  ),
  history: Type.Array(HistoryEntry),
  allowedActions: Type.Array(Type.Enum(['decide'])),
});
export type HomeApplicationDetail = Static<typeof HomeApplicationDetail>;

export const ResidentFilter = {
  communityId: Type.Optional(Id),
  state: Type.Optional(ResidentState),
  /** A whole phone, its last four digits, or the beginning of a unit's label. */
  search: Type.Optional(Type.String({ maxLength: 60 })),
};
export const HomeApplicationFilter = {
  communityId: Type.Optional(Id),
  state: Type.Optional(AppState),
};

/**
 * For staff. Besides: GET /api/residents.csv and /api/home-applications.csv with the same
 * filters, and GET /api/home-applications/:applicationId/photos/:proofId.
 */
export const residentConsoleRoutes = {
  'GET /api/residents': {
    query: Type.Object({ ...ResidentFilter, ...PageQuery }),
    response: Page(ResidentRow),
  },
  'GET /api/residents/:residentId': {
    params: Type.Object({ residentId: Id }),
    response: ResidentDetail,
  },
  'POST /api/residents/:residentId/bindings': {
    params: Type.Object({ residentId: Id }),
    body: Type.Object({ unitId: Id, role: Role, reason: Reason }, strict),
    response: ResidentDetail,
  },
  'POST /api/residents/:residentId/bindings/:bindingId/end': {
    params: Type.Object({ residentId: Id, bindingId: Id }),
    body: Type.Object({ reason: Reason }, strict),
    response: ResidentDetail,
  },
  'POST /api/residents/:residentId/sessions/end': {
    params: Type.Object({ residentId: Id }),
    body: Type.Object({ reason: Reason }, strict),
    response: ResidentDetail,
  },
  'GET /api/home-applications': {
    query: Type.Object({ ...HomeApplicationFilter, ...PageQuery }),
    response: Page(HomeApplicationRow),
  },
  'GET /api/home-applications/:applicationId': {
    params: Type.Object({ applicationId: Id }),
    response: HomeApplicationDetail,
  },
  'POST /api/home-applications/:applicationId/decide': {
    params: Type.Object({ applicationId: Id }),
    body: Type.Object(
      { approve: Type.Boolean(), role: Type.Optional(Role), reason: Reason },
      strict,
    ),
    response: HomeApplicationDetail,
  },
} as const;
