import Type, { type Static } from 'typebox';
import { Id, Instant, Nothing, Nullable } from './common.ts';

export * from './resident-console.ts';
export * from './resident-sign-in.ts';

const strict = { additionalProperties: false };
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });

/**
 * `owner` sees everybody with access and ends it; `tenant` and `family` see bills and history;
 * `payer` sees open bills and pays, nothing else.
 */
export const BindingRole = Type.Enum(['owner', 'tenant', 'family', 'payer']);
export type BindingRole = Static<typeof BindingRole>;
/** Whom an owner can invite, and who a number or a name can show: never an owner. */
export const GivenRole = Type.Enum(['tenant', 'family', 'payer']);
export type GivenRole = Static<typeof GivenRole>;
export const BoundBy = Type.Enum([
  'phone',
  'account-number',
  'invitation',
  'application',
  'staff',
] as const);
export type BoundBy = Static<typeof BoundBy>;

/** A home that the signed-in resident may see and pay for. */
export const HomeView = Type.Object({
  bindingId: Id,
  unitId: Id,
  communityId: Id,
  communityName: Type.String(),
  label: Type.String(),
  kind: Type.Enum(['home', 'shop', 'parking', 'storage']),
  role: BindingRole,
  boundAt: Instant,
});
export type HomeView = Static<typeof HomeView>;

const Homes = Type.Object({ items: Type.Array(HomeView) });
const HomeParams = Type.Object({ unitId: Id });

/** A home that the house list names with the account's phone. */
export const HomeOffer = Type.Object({
  unitId: Id,
  communityName: Type.String(),
  label: Type.String(),
  role: Type.Enum(['owner', 'tenant', 'family']),
});
export type HomeOffer = Static<typeof HomeOffer>;

export const HomePerson = Type.Object({
  bindingId: Id,
  /** As they call themselves, or what the house list says, masked. */
  name: Type.String(),
  phoneMasked: Nullable(Type.String()),
  role: BindingRole,
  boundBy: BoundBy,
  boundAt: Instant,
  /** Who let them in: a name, or null for the office and for the house list. */
  addedBy: Nullable(Type.String()),
  isMe: Type.Boolean(),
  /** Whether the asker may end this access. */
  mayEnd: Type.Boolean(),
});
export type HomePerson = Static<typeof HomePerson>;

export const InvitationView = Type.Object({
  invitationId: Id,
  role: GivenRole,
  /** For whom, in the owner's words. */
  note: Nullable(Type.String()),
  createdAt: Instant,
  expiresAt: Instant,
});
export type InvitationView = Static<typeof InvitationView>;

/** An owner sees everybody; the others see themselves; a payer nobody. */
export const HomePeople = Type.Object({
  items: Type.Array(HomePerson),
  invitations: Type.Array(InvitationView),
  mayInvite: Type.Boolean(),
});
export type HomePeople = Static<typeof HomePeople>;

export const InvitationSeen = Type.Object({
  communityName: Type.String(),
  label: Type.String(),
  role: GivenRole,
  invitedBy: Type.String(),
  expiresAt: Instant,
});
export type InvitationSeen = Static<typeof InvitationSeen>;

export const ApplicationState = Type.Enum(['open', 'approved', 'rejected', 'withdrawn']);
export type ApplicationState = Static<typeof ApplicationState>;

export const MyApplication = Type.Object({
  applicationId: Id,
  communityName: Type.String(),
  label: Type.String(),
  role: BindingRole,
  reason: Type.String(),
  photos: Type.Integer(),
  state: ApplicationState,
  /** What the office says to it. */
  decisionReason: Nullable(Type.String()),
  createdAt: Instant,
  decidedAt: Nullable(Instant),
});
export type MyApplication = Static<typeof MyApplication>;

const Place = Type.Object({ id: Id, name: Type.String() });
/** As it is written on the printed notice: K7M 3PX 9RT, in any spelling. */
const AccountNumber = Type.String({ minLength: 4, maxLength: 30 });
/** Twelve characters in groups of four, or the whole link that ends in them. */
const InvitationCode = Type.String({ minLength: 8, maxLength: 200 });

/** Homes, and who has access to them, for whoever is signed in to the app. */
export const residentRoutes = {
  'GET /api/resident/homes': { response: Homes },
  'GET /api/resident/home-offers': {
    response: Type.Object({ items: Type.Array(HomeOffer) }),
  },
  'POST /api/resident/homes/by-phone': {
    body: Type.Object({ unitIds: Type.Array(Id, { minItems: 1, maxItems: 50 }) }, strict),
    response: Homes,
  },
  /** Number on the notice, door and name of somebody who lives there; all must fit. */
  'POST /api/resident/homes/by-account-number': {
    body: Type.Object(
      { accountNumber: AccountNumber, doorNo: text(30), name: text(60), role: GivenRole },
      strict,
    ),
    response: HomeView,
  },
  'POST /api/resident/invitations/look': {
    body: Type.Object({ code: InvitationCode }, strict),
    response: InvitationSeen,
  },
  'POST /api/resident/homes/by-invitation': {
    body: Type.Object({ code: InvitationCode }, strict),
    response: HomeView,
  },
  'GET /api/resident/homes/:unitId/people': { params: HomeParams, response: HomePeople },
  /** Ends somebody's access at once; one's own as well. */
  'DELETE /api/resident/homes/:unitId/people/:bindingId': {
    params: Type.Object({ unitId: Id, bindingId: Id }),
    response: Nothing,
  },
  'POST /api/resident/homes/:unitId/invitations': {
    params: HomeParams,
    body: Type.Object({ role: GivenRole, note: Type.Optional(text(30)) }, strict),
    status: 201,
    /** Code and link are shown this once. */
    response: Type.Object({
      invitation: InvitationView,
      code: Type.String(),
      url: Type.String(),
      /** The link to be scanned: a PNG as `data:`, which mini-programs show as well. */
      qrImage: Type.String(),
    }),
  },
  'DELETE /api/resident/homes/:unitId/invitations/:invitationId': {
    params: Type.Object({ unitId: Id, invitationId: Id }),
    response: Nothing,
  },
  /** To say which home an application is for. */
  'GET /api/resident/communities': { response: Type.Object({ items: Type.Array(Place) }) },
  'GET /api/resident/communities/:communityId/buildings': {
    params: Type.Object({ communityId: Id }),
    response: Type.Object({ items: Type.Array(Place) }),
  },
  'GET /api/resident/buildings/:buildingId/units': {
    params: Type.Object({ buildingId: Id }),
    response: Type.Object({ items: Type.Array(Place) }),
  },
  'GET /api/resident/applications': {
    response: Type.Object({ items: Type.Array(MyApplication) }),
  },
  /**
   * Then up to three photos: POST /api/resident/applications/:applicationId/photos with the
   * bytes of a JPEG or PNG as the body (`content-type: image/jpeg`), at most 2 MB each.
   */
  'POST /api/resident/applications': {
    body: Type.Object({ unitId: Id, role: BindingRole, name: text(60), reason: text(300) }, strict),
    status: 201,
    response: MyApplication,
  },
  'DELETE /api/resident/applications/:applicationId': {
    params: Type.Object({ applicationId: Id }),
    response: MyApplication,
  },
} as const;
