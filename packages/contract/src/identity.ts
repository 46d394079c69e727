import Type, { type Static } from 'typebox';
import { Id, Instant, Nothing, Nullable, Page, PageQuery } from './common.ts';

/** Any script, no blanks: "zhang.wei", "收费员01". Written in lower case. */
export const LoginName = Type.String({ minLength: 2, maxLength: 40, pattern: '^[^\\s<>"\']+$' });
/** Length is the only rule that helps; the server also refuses the commonest ones. */
export const NewPassword = Type.String({ minLength: 10, maxLength: 200 });
const DisplayName = Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' });

export const Me = Type.Object({
  staffId: Id,
  loginName: Type.String(),
  displayName: Type.String(),
  company: Type.Object({
    id: Id,
    name: Type.String(),
    shortCode: Type.String(),
    timeZone: Type.String(),
  }),
  /** What screens may offer; the server decides again on every request. */
  permissions: Type.Array(Type.String()),
  /** The session ends then even when it is used. */
  sessionExpiresAt: Instant,
  /** The gateway simulator and demo data are on. */
  demo: Type.Boolean(),
});
export type Me = Static<typeof Me>;

export const RoleView = Type.Object({
  id: Id,
  name: Type.String(),
  nameEn: Type.String(),
  permissions: Type.Array(Type.String()),
  staffCount: Type.Integer(),
});
export type RoleView = Static<typeof RoleView>;

export const PermissionView = Type.Object({
  name: Type.String(),
  zh: Type.String(),
  en: Type.String(),
});

export const StaffView = Type.Object({
  id: Id,
  loginName: Type.String(),
  displayName: Type.String(),
  state: Type.Union([Type.Literal('active'), Type.Literal('disabled')]),
  roles: Type.Array(Type.Object({ id: Id, name: Type.String(), nameEn: Type.String() })),
  /** Set while sign-in is locked after too many wrong passwords. */
  lockedUntil: Nullable(Instant),
  lastSignInAt: Nullable(Instant),
  createdAt: Instant,
  /** Of the signed-in member of staff on this one: 'edit', 'disable', 'enable', 'unlock', 'reset-password'. */
  allowedActions: Type.Array(Type.String()),
});
export type StaffView = Static<typeof StaffView>;

export const AuditView = Type.Object({
  id: Id,
  at: Instant,
  actorKind: Type.Enum(['staff', 'resident', 'payer', 'system']),
  actorName: Nullable(Type.String()),
  /** Module and verb: "billing.publish_run". */
  action: Type.String(),
  subjectKind: Type.String(),
  subjectId: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
  ip: Nullable(Type.String()),
  /** Under which seal the entry lies; null for the first seconds. */
  sealNo: Nullable(Type.Integer()),
});
export type AuditView = Static<typeof AuditView>;

const StaffQuery = {
  /** Part of the display name or login name. */
  search: Type.Optional(Type.String({ maxLength: 40 })),
  state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('disabled')])),
};
export const StaffFilter = Type.Object(StaffQuery);
export type StaffFilter = Static<typeof StaffFilter>;

const AuditQuery = {
  subjectKind: Type.Optional(Type.String({ maxLength: 40 })),
  subjectId: Type.Optional(Type.String({ maxLength: 80 })),
  actorId: Type.Optional(Type.String({ maxLength: 80 })),
  action: Type.Optional(Type.String({ maxLength: 60 })),
  /** Days (UTC), both included; the last 31 days when nothing is said. */
  from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  to: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
};
export const AuditFilter = Type.Object(AuditQuery);
export type AuditFilter = Static<typeof AuditFilter>;

const strict = { additionalProperties: false };
const RoleIds = Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true });

/**
 * Routes of the module identity, keyed 'METHOD /path'.
 * Besides: GET /api/staff.csv and GET /api/audit.csv with the filters of their lists.
 */
export const identityRoutes = {
  /** Signs in and sets the cookie `wuye_session`. Public. */
  'POST /api/session': {
    body: Type.Object(
      {
        loginName: Type.String({ minLength: 1, maxLength: 80 }),
        password: Type.String({ minLength: 1, maxLength: 200 }),
      },
      strict,
    ),
    response: Me,
  },
  /** Signs out: revokes this session. */
  'DELETE /api/session': { response: Nothing },
  'GET /api/session': { response: Me },
  /** Changes one's own password; every other session of oneself ends, this one goes on. */
  'POST /api/session/password': {
    body: Type.Object(
      { currentPassword: Type.String({ minLength: 1, maxLength: 200 }), newPassword: NewPassword },
      strict,
    ),
    response: Nothing,
  },
  'GET /api/staff': {
    query: Type.Object({ ...StaffQuery, ...PageQuery }),
    response: Page(StaffView),
  },
  /** Without a password one is generated and answered this once. */
  'POST /api/staff': {
    body: Type.Object(
      {
        loginName: LoginName,
        displayName: DisplayName,
        password: Type.Optional(NewPassword),
        roleIds: RoleIds,
      },
      strict,
    ),
    status: 201,
    response: Type.Object({ staff: StaffView, generatedPassword: Nullable(Type.String()) }),
  },
  /** Only what is given changes. Disabling and a new password end the person's sessions. */
  'PATCH /api/staff/:staffId': {
    params: Type.Object({ staffId: Id }),
    body: Type.Object(
      {
        displayName: Type.Optional(DisplayName),
        state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('disabled')])),
        roleIds: Type.Optional(RoleIds),
        /** Replaces the password by a generated one, answered this once. */
        resetPassword: Type.Optional(Type.Literal(true)),
        /** Ends the lock after too many wrong passwords. */
        unlock: Type.Optional(Type.Literal(true)),
      },
      { ...strict, minProperties: 1 },
    ),
    response: Type.Object({ staff: StaffView, generatedPassword: Nullable(Type.String()) }),
  },
  'GET /api/roles': {
    response: Type.Object({
      items: Type.Array(RoleView),
      permissions: Type.Array(PermissionView),
    }),
  },
  /** Newest first. */
  'GET /api/audit': {
    query: Type.Object({ ...AuditQuery, ...PageQuery }),
    response: Page(AuditView),
  },
} as const;
