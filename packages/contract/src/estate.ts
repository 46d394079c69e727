import Type, { type Static } from 'typebox';
import { Day, DecimalText, Id, Instant, Nothing, Nullable, Page, PageQuery } from './common.ts';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });

/** A home, a shop or office, a parking space, a storage room. */
export const UnitKind = Type.Enum(['home', 'shop', 'parking', 'storage'] as const);
export type UnitKind = Static<typeof UnitKind>;
export const UnitState = Type.Enum(['active', 'retired'] as const);
export const OccupancyRole = Type.Enum(['owner', 'tenant', 'family'] as const);
export type OccupancyRole = Static<typeof OccupancyRole>;

export const CommunityView = Type.Object({
  id: Id,
  name: Type.String(),
  address: Nullable(Type.String()),
  buildings: Type.Integer(),
  units: Type.Integer(),
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

export const ImportState = Type.Enum([
  'waiting',
  'checking',
  'checked',
  'apply-waiting',
  'applying',
  'applied',
  'unreadable',
] as const);
export type ImportState = Static<typeof ImportState>;

export const SheetKind = Type.Enum([
  'units',
  'owners',
  'fees',
  'parking',
  'buildings',
  'ignore',
] as const);
export type SheetKind = Static<typeof SheetKind>;

/** What a column can hold; which ones fit depends on the kind of the sheet (`fieldsByKind`). */
export const ImportField = Type.Enum([
  'community',
  'building',
  'entrance',
  'floor',
  'doorNo',
  'kind',
  'builtArea',
  'innerArea',
  'chargeableArea',
  'movedInOn',
  'ownerNo',
  'ownerName',
  'phone',
  'idNumber',
  'ownerRole',
  'feeNos',
  'feeFromOn',
  'lot',
  'spaceNo',
  'lotKind',
  'tenure',
  'fromOn',
  'toOn',
  'feeNo',
  'feeType',
  'feeName',
  'cycleMonths',
  'startsOn',
  'endsOn',
  'formula',
  'price',
  'surcharge',
] as const);
export type ImportField = Static<typeof ImportField>;

const SheetCounts = Type.Object({
  /** Rows with data. */
  rows: Type.Integer(),
  new: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  bad: Type.Integer(),
  warnings: Type.Integer(),
});

export const ImportSheet = Type.Object({
  name: Type.String(),
  kind: SheetKind,
  /** 1 is the first row of the sheet; null: no header was found. */
  headerRow: Nullable(Type.Integer()),
  columns: Type.Array(
    Type.Object({
      /** A, B, … as the spreadsheet program says. */
      column: Type.String(),
      header: Type.String(),
      field: Nullable(ImportField),
      /** First values, personal data masked. */
      samples: Type.Array(Type.String()),
    }),
  ),
  /** Explanations and totals that were left out, with the reason. */
  skipped: Type.Array(
    Type.Object({ row: Type.Integer(), text: Type.String(), reason: Type.String() }),
  ),
  skippedRows: Type.Integer(),
  counts: Nullable(SheetCounts),
});
export type ImportSheet = Static<typeof ImportSheet>;

export const ImportProblem = Type.Object({
  id: Id,
  severity: Type.Enum(['error', 'warning'] as const),
  sheet: Type.String(),
  row: Type.Integer(),
  column: Nullable(Type.String()),
  header: Nullable(Type.String()),
  /** The cell's text; personal data masked. */
  value: Nullable(Type.String()),
  reason: Type.String(),
  advice: Type.String(),
});
export type ImportProblem = Static<typeof ImportProblem>;

export const ImportBrief = Type.Object({
  id: Id,
  fileName: Type.String(),
  sizeBytes: Type.Integer(),
  state: ImportState,
  communityName: Nullable(Type.String()),
  createdAt: Instant,
  createdBy: Nullable(Type.String()),
  appliedAt: Nullable(Instant),
});

export const ImportDetail = Type.Object({
  ...ImportBrief.properties,
  progress: Type.Object({
    rowsRead: Type.Integer(),
    /** null while it is not known how many there are. */
    rowsTotal: Nullable(Type.Integer()),
    percent: Type.Integer(),
  }),
  /** Why the file could not be read, or the apply was refused; Chinese. */
  failure: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  sheets: Type.Array(ImportSheet),
  fieldsByKind: Type.Array(
    Type.Object({
      kind: SheetKind,
      fields: Type.Array(
        Type.Object({
          field: ImportField,
          label: Type.Object({ zh: Type.String(), en: Type.String() }),
          required: Type.Boolean(),
        }),
      ),
    }),
  ),
  totals: Type.Object({
    communities: Type.Integer(),
    buildings: Type.Integer(),
    new: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    bad: Type.Integer(),
    warnings: Type.Integer(),
    fees: Type.Integer(),
  }),
  firstProblems: Type.Array(ImportProblem),
  /** An earlier import of the very same file that was applied. */
  sameAs: Nullable(Type.Object({ importId: Id, appliedAt: Instant })),
  allowedActions: Type.Array(Type.Enum(['map', 'check', 'apply', 'delete'] as const)),
  /** Why 'apply' is not among them; Chinese. */
  applyBlockedBy: Nullable(Type.String()),
});
export type ImportDetail = Static<typeof ImportDetail>;

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
const ImportParams = Type.Object({ importId: Id });

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
  'GET /api/imports': { query: Type.Object(PageQuery), response: Page(ImportBrief) },
  'GET /api/imports/:importId': { params: ImportParams, response: ImportDetail },
  /** Corrects what was recognised, and checks again. */
  'PUT /api/imports/:importId/mapping': {
    params: ImportParams,
    body: Type.Object(
      {
        sheets: Type.Array(
          Type.Object(
            {
              name: Type.String({ maxLength: 100 }),
              kind: SheetKind,
              headerRow: Nullable(Type.Integer({ minimum: 1, maximum: 100 })),
              columns: Type.Array(
                Type.Object(
                  {
                    column: Type.String({ pattern: '^[A-Z]{1,3}$' }),
                    field: Nullable(ImportField),
                  },
                  strict,
                ),
                { maxItems: 256 },
              ),
            },
            strict,
          ),
          { maxItems: 50 },
        ),
      },
      strict,
    ),
    response: ImportDetail,
    status: 202,
  },
  'GET /api/imports/:importId/problems': {
    params: ImportParams,
    query: Type.Object({
      severity: Type.Optional(Type.Enum(['error', 'warning'] as const)),
      ...PageQuery,
    }),
    response: Page(ImportProblem),
  },
  'POST /api/imports/:importId/check': {
    params: ImportParams,
    response: ImportDetail,
    status: 202,
  },
  'POST /api/imports/:importId/apply': {
    params: ImportParams,
    response: ImportDetail,
    status: 202,
  },
  'DELETE /api/imports/:importId': { params: ImportParams, response: Nothing },
} as const;

export const ImportCreated = Type.Object({ importId: Id });
export type ImportCreated = Static<typeof ImportCreated>;
