import Type, { type Static } from 'typebox';
import {
  Day,
  DecimalText,
  FenAmount,
  Id,
  Instant,
  Month,
  Nullable,
  Page,
  PageQuery,
} from './common.ts';

/** A text in both languages of the screens. */
export const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() });

/** Income of the company, money kept for the payer, or money collected for a supplier. */
export const FeeCategory = Type.Enum(['income', 'deposit', 'agency']);
export const FeeItemState = Type.Enum(['active', 'retired']);
/** By area × price, or a fixed amount. */
export const TariffBasis = Type.Enum(['area', 'fixed']);
export const AreaBasis = Type.Enum(['built', 'inner', 'chargeable']);
export const RoundingMode = Type.Enum(['half-up', 'half-even', 'up', 'down']);
export const RoundingUnit = Type.Enum(['fen', 'jiao', 'yuan']);
/** 'period' rounds the whole period once; 'month' rounds each month and adds up. */
export const RoundingPoint = Type.Enum(['period', 'month']);

const Name = Type.String({ minLength: 1, maxLength: 50, pattern: '\\S' });
const Priority = Type.Integer({ minimum: 1, maximum: 999 });
const PeriodMonths = Type.Enum([1, 2, 3, 4, 6, 12]);
const AnchorMonth = Type.Integer({ minimum: 1, maximum: 12 });
const DueDay = Type.Integer({ minimum: 1, maximum: 28 });
const UnitKind = Type.Enum(['home', 'shop', 'parking', 'storage']);

export const FeeItemView = Type.Object({
  id: Id,
  name: Type.String(),
  category: FeeCategory,
  /** Lower is settled first. */
  priority: Type.Integer(),
  state: FeeItemState,
  /** Units that pay it today. */
  assignedUnits: Type.Integer(),
  createdAt: Instant,
});
export type FeeItemView = Static<typeof FeeItemView>;

/** How an amount is worked out; prices in yuan, per square metre and month or per month. */
const TariffTerms = {
  basis: TariffBasis,
  /** With basis 'area' only. */
  areaBasis: Type.Optional(Nullable(AreaBasis)),
  price: DecimalText,
  /** Yuan a month on top; 0 unless given. */
  surcharge: Type.Optional(DecimalText),
  /** 1 unless given. A period of more months begins in the anchor month and every so many after. */
  periodMonths: Type.Optional(PeriodMonths),
  anchorMonth: Type.Optional(AnchorMonth),
  roundingMode: Type.Optional(RoundingMode),
  roundingUnit: Type.Optional(RoundingUnit),
  roundingPoint: Type.Optional(RoundingPoint),
  /** Day of the period's first month on which it falls due; 25 unless given. */
  dueDay: Type.Optional(DueDay),
};

export const TariffView = Type.Object({
  id: Id,
  feeItemId: Id,
  feeItemName: Type.String(),
  name: Type.String(),
  version: Type.Integer(),
  basis: TariffBasis,
  areaBasis: Nullable(AreaBasis),
  price: Type.String(),
  surcharge: Type.String(),
  periodMonths: Type.Integer(),
  anchorMonth: Type.Integer(),
  roundingMode: RoundingMode,
  roundingUnit: RoundingUnit,
  roundingPoint: RoundingPoint,
  dueDay: Type.Integer(),
  effectiveFrom: Day,
  /** The last day on which it holds: ended, or followed by the next version. */
  effectiveTo: Nullable(Day),
  /** The newest version of its name: the one that can be ended or followed. */
  isLatest: Type.Boolean(),
  /** "建筑面积 × 2.85 元/㎡·月, 每月": how the screen says it. */
  formula: Bilingual,
});
export type TariffView = Static<typeof TariffView>;

/** Which units: all that match every given part. Without any but the community: the whole of it. */
export const UnitFilter = Type.Object(
  {
    communityId: Id,
    buildingIds: Type.Optional(Type.Array(Id, { maxItems: 500 })),
    kinds: Type.Optional(Type.Array(UnitKind, { maxItems: 4 })),
    unitIds: Type.Optional(Type.Array(Id, { maxItems: 5000 })),
  },
  { additionalProperties: false },
);
export type UnitFilter = Static<typeof UnitFilter>;

export const NewAssignment = Type.Object(
  {
    filter: UnitFilter,
    feeItemId: Id,
    tariffName: Name,
    fromOn: Day,
    toOn: Type.Optional(Nullable(Day)),
  },
  { additionalProperties: false },
);
export type NewAssignment = Static<typeof NewAssignment>;

export const AssignmentView = Type.Object({
  id: Id,
  communityId: Id,
  unitId: Id,
  unitLabel: Type.String(),
  feeItemId: Id,
  feeItemName: Type.String(),
  tariffName: Type.String(),
  fromOn: Day,
  toOn: Nullable(Day),
});
export type AssignmentView = Static<typeof AssignmentView>;

export const AssignmentPreview = Type.Object({
  /** Units that match the filter. */
  matched: Type.Integer(),
  /** Of these: will pay from now on. */
  toAssign: Type.Integer(),
  /** Of these: pay the fee item already on or after that day, and stay as they are. */
  already: Type.Integer(),
  /** The first of them, to look at. */
  alreadyExamples: Type.Array(AssignmentView),
  /** Of those to assign: have no area of the tariff's basis yet, so would get no bill. */
  withoutArea: Type.Integer(),
});
export type AssignmentPreview = Static<typeof AssignmentPreview>;

const closed = { additionalProperties: false } as const;

export const chargingRoutes = {
  'GET /api/fee-items': {
    query: Type.Object({ ...PageQuery, state: Type.Optional(FeeItemState) }),
    response: Page(FeeItemView),
  },
  'POST /api/fee-items': {
    body: Type.Object(
      { name: Name, category: Type.Optional(FeeCategory), priority: Type.Optional(Priority) },
      closed,
    ),
    response: FeeItemView,
    status: 201,
  },
  /** The category stays as it was created: the ledger has posted by it. */
  'PATCH /api/fee-items/:feeItemId': {
    params: Type.Object({ feeItemId: Id }),
    body: Type.Object(
      {
        name: Type.Optional(Name),
        priority: Type.Optional(Priority),
        state: Type.Optional(FeeItemState),
      },
      closed,
    ),
    response: FeeItemView,
  },
  'GET /api/tariffs': {
    query: Type.Object({
      ...PageQuery,
      feeItemId: Type.Optional(Id),
      latest: Type.Optional(Type.Boolean()),
    }),
    response: Page(TariffView),
  },
  /** A new name is version 1; a name that exists gets its next version, in force from the day. */
  'POST /api/tariffs': {
    body: Type.Object({ feeItemId: Id, name: Name, ...TariffTerms, effectiveFrom: Day }, closed),
    response: TariffView,
    status: 201,
  },
  'POST /api/tariffs/:tariffId/end': {
    params: Type.Object({ tariffId: Id }),
    body: Type.Object({ effectiveTo: Day }, closed),
    response: TariffView,
  },
  /** Works out an example before anything is saved. */
  'POST /api/tariffs/preview': {
    body: Type.Object(
      { ...TariffTerms, areaM2: Type.Optional(Nullable(DecimalText)), month: Month },
      closed,
    ),
    response: Type.Object({
      amountFen: FenAmount,
      explanation: Bilingual,
      /** The first period that begins in or after the month. */
      periodStart: Day,
      periodEnd: Day,
      dueOn: Day,
    }),
  },
  'GET /api/assignments': {
    query: Type.Object({
      ...PageQuery,
      communityId: Type.Optional(Id),
      feeItemId: Type.Optional(Id),
      unitId: Type.Optional(Id),
    }),
    response: Page(AssignmentView),
  },
  'POST /api/assignments/preview': { body: NewAssignment, response: AssignmentPreview },
  'POST /api/assignments': {
    body: NewAssignment,
    response: Type.Object({ assigned: Type.Integer(), already: Type.Integer() }),
  },
  'POST /api/assignments/:assignmentId/end': {
    params: Type.Object({ assignmentId: Id }),
    body: Type.Object({ toOn: Day }, closed),
    response: AssignmentView,
  },
} as const;
