import Type, { type Static } from 'typebox';
import { Id, Instant, Nothing, Nullable, Page, PageQuery } from './common.ts';

const strict = { additionalProperties: false };
const ImportParams = Type.Object({ importId: Id });

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

export const ImportCreated = Type.Object({ importId: Id });
export type ImportCreated = Static<typeof ImportCreated>;

/** A part of estateRoutes. */
export const importRoutes = {
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
