import Type, { type Static } from 'typebox';
import { Day, DecimalText, Id, Instant, Nothing, Nullable, Page, PageQuery } from './common.ts';
import { importRoutes } from './estate-import.ts';

export * from './estate-import.ts';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });

/** A home, a shop or office, a parking space, a storage room. */
export const UnitKind = Type.Enum(['home', 'shop', 'parking', 'storage'] as const);
export type UnitKind = Static<typeof UnitKind>;
export const UnitState = Type.Enum(['active', 'retired'] as const);
export const OccupancyRole = Type.Enum(['owner', 'tenant', 'family'] as const);
export type OccupancyRole = Static<typeof OccupancyRole>;

/** The telephone of the office, as people dial it, and when somebody answers. */
export const ServicePhone = Type.Object({
  phone: Type.String(),
  hours: Nullable(Type.String()),
});
export type ServicePhone = Static<typeof ServicePhone>;
/** Digits in any spelling: 0571-8888 6666, ４００－１２３－４５６７. */
const PhoneText = Type.String({
  maxLength: 30,
  pattern: '^[+0-9０-９＋][\\s0-9０-９\\-‐-―−－]{4,24}$',
});
const ServiceBody = Type.Object(
  {
    service: Nullable(
      Type.Object(
        { phone: PhoneText, hours: Type.Optional(Nullable(Type.String({ maxLength: 60 }))) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

export const CommunityView = Type.Object({
  id: Id,
  name: Type.String(),
  address: Nullable(Type.String()),
  buildings: Type.Integer(),
  units: Type.Integer(),
  /** Its own; null: residents call the company's. */
  service: Nullable(ServicePhone),
});
export type CommunityView = Static<typeof CommunityView>;

export const BuildingView = Type.Object({
  id: Id,
  communityId: Id,
  name: Type.String(),
  units: Type.Integer(),
});

/** What a list shows of a person: nothing in clear. */
export const PersonBrief = Type.Object({
  nameMasked: Type.String(),
  phoneMasked: Nullable(Type.String()),
});

export const UnitRow = Type.Object({
  id: Id,
  communityId: Id,
  communityName: Type.String(),
  buildingId: Id,
  buildingName: Type.String(),
  entrance: Type.String(),
  floor: Type.String(),
  doorNo: Type.String(),
  /** As people say it: 1栋2单元301. */
  label: Type.String(),
  kind: UnitKind,
  state: UnitState,
  movedInOn: Nullable(Day),
  builtM2: Nullable(DecimalText),
  chargeableM2: Nullable(DecimalText),
  owners: Type.Array(PersonBrief),
});
export type UnitRow = Static<typeof UnitRow>;

export const AreaView = Type.Object({
  /** null: as far as is known it has always been so. */
  effectiveOn: Nullable(Day),
  builtM2: Nullable(DecimalText),
  innerM2: Nullable(DecimalText),
  chargeableM2: Nullable(DecimalText),
});

export const OccupantView = Type.Object({
  occupancyId: Id,
  personId: Id,
  role: OccupancyRole,
  nameMasked: Type.String(),
  phoneMasked: Nullable(Type.String()),
  hasIdNumber: Type.Boolean(),
  fromOn: Nullable(Day),
  toOn: Nullable(Day),
  isCurrent: Type.Boolean(),
});

export const HistoryEntry = Type.Object({
  id: Id,
  at: Instant,
  actorName: Nullable(Type.String()),
  action: Type.String(),
  /** What was done, as a sentence. */
  text: Type.Object({ zh: Type.String(), en: Type.String() }),
});

export const RoomCodeView = Type.Object({
  code: Type.String(),
  url: Type.String(),
  createdAt: Instant,
  /** Codes of this unit that no longer lead to it. */
  replaced: Type.Array(Type.Object({ code: Type.String(), revokedAt: Instant })),
});

export const UnitDetail = Type.Object({
  ...UnitRow.properties,
  innerM2: Nullable(DecimalText),
  areas: Type.Array(AreaView),
  people: Type.Array(OccupantView),
  /** null until somebody asks for it. */
  roomCode: Nullable(RoomCodeView),
  history: Type.Array(HistoryEntry),
  createdAt: Instant,
  updatedAt: Instant,
});
export type UnitDetail = Static<typeof UnitDetail>;

const UnitFilter = {
  communityId: Type.Optional(Id),
  buildingId: Type.Optional(Id),
  kind: Type.Optional(UnitKind),
  state: Type.Optional(UnitState),
  /** Beginning of a door number or label, a whole name, a whole phone or its last four digits. */
  search: Type.Optional(Type.String({ maxLength: 60 })),
};
export const UnitQuery = Type.Object({ ...UnitFilter, ...PageQuery });
export const UnitExportQuery = Type.Object(UnitFilter);

const PersonBody = {
  name: text(60),
  phone: Type.Optional(Nullable(Type.String({ maxLength: 30 }))),
  idNumber: Type.Optional(Nullable(Type.String({ maxLength: 30 }))),
};
const AreaBody = {
  builtM2: Type.Optional(Nullable(DecimalText)),
  innerM2: Type.Optional(Nullable(DecimalText)),
  chargeableM2: Type.Optional(Nullable(DecimalText)),
};
const strict = { additionalProperties: false };
const UnitParams = Type.Object({ unitId: Id });

/**
 * Routes of the module estate, keyed 'METHOD /path'. Beside them, answering files:
 * GET /api/units.csv, GET /api/units/:unitId/room-code.svg, GET /api/imports/template.xlsx,
 * GET /api/imports/:importId/problems.csv; and POST /api/imports (multipart: the parts `file` and,
 * before it, `communityId` or `communityName`) answers 202 with ImportCreated.
 */
export const estateRoutes = {
  'GET /api/communities': { query: Type.Object(PageQuery), response: Page(CommunityView) },
  'POST /api/communities': {
    body: Type.Object(
      { name: text(60), address: Type.Optional(Nullable(Type.String({ maxLength: 200 }))) },
      strict,
    ),
    response: CommunityView,
    status: 201,
  },
  'GET /api/buildings': {
    query: Type.Object({ communityId: Id, ...PageQuery }),
    response: Page(BuildingView),
  },
  'PUT /api/communities/:communityId/service-phone': {
    params: Type.Object({ communityId: Id }),
    body: ServiceBody,
    response: Nothing,
  },
  /** Where a community has no telephone of its own. */
  'GET /api/service-phone': { response: Type.Object({ service: Nullable(ServicePhone) }) },
  'PUT /api/service-phone': { body: ServiceBody, response: Nothing },
  'GET /api/units': { query: UnitQuery, response: Page(UnitRow) },
  'GET /api/units/:unitId': { params: UnitParams, response: UnitDetail },
  'PATCH /api/units/:unitId': {
    params: UnitParams,
    body: Type.Object(
      {
        kind: Type.Optional(UnitKind),
        floor: Type.Optional(Type.String({ maxLength: 10 })),
        doorNo: Type.Optional(text(30)),
        movedInOn: Type.Optional(Nullable(Day)),
        state: Type.Optional(UnitState),
      },
      strict,
    ),
    response: UnitDetail,
  },
  /** Another area from a day on; an entry of the same day is corrected. */
  'POST /api/units/:unitId/areas': {
    params: UnitParams,
    body: Type.Object({ effectiveOn: Day, ...AreaBody }, strict),
    response: UnitDetail,
  },
  'POST /api/units/:unitId/people': {
    params: UnitParams,
    body: Type.Object(
      { role: OccupancyRole, ...PersonBody, fromOn: Type.Optional(Nullable(Day)) },
      strict,
    ),
    response: UnitDetail,
  },
  /** The person no longer belongs to the unit after this day. */
  'POST /api/units/:unitId/people/:occupancyId/end': {
    params: Type.Object({ unitId: Id, occupancyId: Id }),
    body: Type.Object({ toOn: Day }, strict),
    response: UnitDetail,
  },
  'PATCH /api/people/:personId': {
    params: Type.Object({ personId: Id }),
    body: Type.Object({ ...PersonBody, name: Type.Optional(text(60)) }, strict),
    response: Nothing,
  },
  /** Clear values; each look is recorded with its reason. */
  'POST /api/people/:personId/reveal': {
    params: Type.Object({ personId: Id }),
    body: Type.Object({ reason: text(200) }, strict),
    response: Type.Object({
      name: Type.String(),
      phone: Nullable(Type.String()),
      idNumber: Nullable(Type.String()),
    }),
  },
  /** Makes the code when the unit has none. */
  'GET /api/units/:unitId/room-code': { params: UnitParams, response: RoomCodeView },
  /** The old code is revoked: its page says that the code was replaced. */
  'POST /api/units/:unitId/room-code/replace': {
    params: UnitParams,
    body: Type.Object({ reason: text(200) }, strict),
    response: RoomCodeView,
  },
  ...importRoutes,
} as const;
