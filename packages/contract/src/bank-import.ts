import Type, { type Static } from 'typebox';
import { Day, FenAmount, Id, Instant, Nothing, Nullable, Page, PageQuery } from './common.ts';

const strict = { additionalProperties: false };
const ImportParams = Type.Object({ bankImportId: Id });
const LayoutParams = Type.Object({ layoutId: Id });

/** What a column of a statement can hold. `text` may stand for several columns. */
export const BankField = Type.Enum([
  'bookedOn',
  'amount',
  'credit',
  'debit',
  'direction',
  'balance',
  'currency',
  'counterpartyName',
  'counterpartyAccount',
  'counterpartyBank',
  'text',
  'bankReference',
  'subAccount',
  'ownAccount',
]);
export type BankField = Static<typeof BankField>;

/** One column with a sign; one for each direction; or one amount and a word for its direction. */
export const AmountStyle = Type.Enum(['signed', 'two-columns', 'direction']);
export type AmountStyle = Static<typeof AmountStyle>;

const Words = Type.Array(Type.String({ minLength: 1, maxLength: 20 }), { maxItems: 20 });

/** How the statements of a bank are read. */
export const BankLayoutContent = Type.Object(
  {
    /** 2 where a heading spans columns with headings of their own below it. */
    headerRows: Type.Integer({ minimum: 1, maximum: 2 }),
    columns: Type.Array(
      Type.Object(
        {
          field: BankField,
          /** The heading's text; or, where a column has none, its letter as "=C". */
          header: Type.String({ minLength: 1, maxLength: 100 }),
        },
        strict,
      ),
      { minItems: 1, maxItems: 40 },
    ),
    amountStyle: AmountStyle,
    /** Of the style `signed`: money that came in has a minus. */
    creditIsNegative: Type.Boolean(),
    /** Of the style `direction`. */
    creditWords: Words,
    debitWords: Words,
    /** `auto` takes the year first: 2026-11-24, 2026/11/24, 20261124, 2026年11月24日. */
    dateFormat: Type.Enum(['auto', 'day-month-year', 'month-day-year']),
    encoding: Type.Enum(['auto', 'utf-8', 'gbk']),
    /** Each balance must follow from the one before; off for exports that leave entries out. */
    checksBalance: Type.Boolean(),
  },
  strict,
);
export type BankLayoutContent = Static<typeof BankLayoutContent>;

export const BankLayoutView = Type.Object({
  /** Null: an example of ours, to be saved under a name of one's own. */
  id: Nullable(Id),
  name: Type.String(),
  isExample: Type.Boolean(),
  content: BankLayoutContent,
  updatedAt: Nullable(Instant),
});
export type BankLayoutView = Static<typeof BankLayoutView>;

const LayoutBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
    content: BankLayoutContent,
  },
  strict,
);

export const BankImportState = Type.Enum([
  'waiting',
  'checking',
  'checked',
  'apply-waiting',
  'applying',
  'applied',
  'unreadable',
]);
export type BankImportState = Static<typeof BankImportState>;

const Sum = Type.Object({ count: Type.Integer(), amountFen: FenAmount });

/** What was found in the file, and what became of it. */
export const BankImportTotals = Type.Object({
  rows: Type.Integer(),
  credits: Sum,
  debits: Sum,
  /** Credits that a rule or the bank says are no payments. */
  notPayments: Sum,
  /** Imported before, from a file that overlaps. */
  repeats: Type.Integer(),
  /** Not imported before, but of the day, amount and counterparty of one that was. */
  lookAlikes: Type.Integer(),
  /** Not booked by the bank yet: left out. */
  pending: Type.Integer(),
  /** Totals, page heads and empty lines: left out. */
  skipped: Type.Integer(),
  bad: Type.Integer(),
  warnings: Type.Integer(),
  /** After the import. */
  matched: Sum,
  suspense: Sum,
});
export type BankImportTotals = Static<typeof BankImportTotals>;

/** One account and period of the file: opening balance, entries, closing balance. */
export const BalanceCheck = Type.Object({
  openingFen: Nullable(Type.Integer()),
  sumFen: Type.Integer(),
  closingFen: Nullable(Type.Integer()),
  /** Null: the file has no balances, or the layout does not check them. */
  isBalanced: Nullable(Type.Boolean()),
});
export type BalanceCheck = Static<typeof BalanceCheck>;

export const BankImportProblem = Type.Object({
  id: Id,
  severity: Type.Enum(['error', 'warning']),
  row: Type.Integer(),
  /** The column's letter, or the element of an XML. */
  column: Nullable(Type.String()),
  header: Nullable(Type.String()),
  value: Nullable(Type.String()),
  reason: Type.String(),
  advice: Type.String(),
});
export type BankImportProblem = Static<typeof BankImportProblem>;

export const BankImportBrief = Type.Object({
  id: Id,
  fileName: Type.String(),
  sizeBytes: Type.Integer(),
  format: Type.Enum(['table', 'camt']),
  state: BankImportState,
  bankAccountId: Id,
  bankAccountName: Type.String(),
  firstOn: Nullable(Day),
  lastOn: Nullable(Day),
  createdAt: Instant,
  createdBy: Type.String(),
  appliedAt: Nullable(Instant),
});
export type BankImportBrief = Static<typeof BankImportBrief>;

export const BankImportDetail = Type.Object({
  ...BankImportBrief.properties,
  progress: Type.Object({
    rowsDone: Type.Integer(),
    rowsTotal: Nullable(Type.Integer()),
    percent: Type.Integer(),
  }),
  failure: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  /** Of a table: how it was read. Null for camt, and when no layout fits. */
  layout: Nullable(BankLayoutView),
  /** Of a table: its first rows as they stand, long numbers masked; the header row is marked. */
  preview: Type.Object({
    headerRow: Nullable(Type.Integer()),
    columns: Type.Array(
      Type.Object({
        column: Type.String(),
        header: Type.String(),
        field: Nullable(BankField),
      }),
    ),
    rows: Type.Array(Type.Object({ row: Type.Integer(), cells: Type.Array(Type.String()) })),
  }),
  totals: Nullable(BankImportTotals),
  balances: Type.Array(BalanceCheck),
  firstProblems: Type.Array(BankImportProblem),
  /** An earlier import of the very same file that was applied. */
  sameAs: Nullable(Type.Object({ bankImportId: Id, appliedAt: Instant })),
  allowedActions: Type.Array(Type.Enum(['map', 'check', 'apply', 'delete'])),
  /** Why 'apply' is not among them; Chinese. */
  applyBlockedBy: Nullable(Type.String()),
});
export type BankImportDetail = Static<typeof BankImportDetail>;

/** What was read of one row, before it is imported. */
export const BankImportRow = Type.Object({
  id: Id,
  row: Type.Integer(),
  bookedOn: Day,
  direction: Type.Enum(['credit', 'debit']),
  amountFen: FenAmount,
  balanceFen: Nullable(Type.Integer()),
  counterpartyMasked: Type.String(),
  text: Type.String(),
  /** `repeat`: imported before. */
  verdict: Type.Enum(['new', 'repeat', 'look-alike', 'not-payment', 'debit']),
});
export type BankImportRow = Static<typeof BankImportRow>;

/**
 * Routes of statement imports and their layouts, a part of the module bank. Besides:
 * POST /api/bank-imports (multipart: bankAccountId, layoutId or layoutName, file) answers
 * { bankImportId }; GET /api/bank-imports/:bankImportId/problems.csv.
 */
export const bankImportRoutes = {
  'GET /api/bank-layouts': { response: Type.Object({ items: Type.Array(BankLayoutView) }) },
  'POST /api/bank-layouts': { body: LayoutBody, status: 201, response: BankLayoutView },
  'PUT /api/bank-layouts/:layoutId': {
    params: LayoutParams,
    body: LayoutBody,
    response: BankLayoutView,
  },
  'DELETE /api/bank-layouts/:layoutId': { params: LayoutParams, response: Nothing },
  'GET /api/bank-imports': { query: Type.Object(PageQuery), response: Page(BankImportBrief) },
  'GET /api/bank-imports/:bankImportId': { params: ImportParams, response: BankImportDetail },
  /** Reads the file by another layout, which may be saved under a name, and checks again. */
  'PUT /api/bank-imports/:bankImportId/layout': {
    params: ImportParams,
    body: Type.Object(
      {
        content: BankLayoutContent,
        saveAs: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })),
      },
      strict,
    ),
    status: 202,
    response: BankImportDetail,
  },
  'GET /api/bank-imports/:bankImportId/rows': {
    params: ImportParams,
    query: Type.Object(PageQuery),
    response: Page(BankImportRow),
  },
  'GET /api/bank-imports/:bankImportId/problems': {
    params: ImportParams,
    query: Type.Object(PageQuery),
    response: Page(BankImportProblem),
  },
  'POST /api/bank-imports/:bankImportId/check': {
    params: ImportParams,
    status: 202,
    response: BankImportDetail,
  },
  /** `acceptLookAlikes`: somebody compared the rows that look like earlier ones. */
  'POST /api/bank-imports/:bankImportId/apply': {
    params: ImportParams,
    body: Type.Object({ acceptLookAlikes: Type.Boolean() }, strict),
    status: 202,
    response: BankImportDetail,
  },
  'DELETE /api/bank-imports/:bankImportId': { params: ImportParams, response: Nothing },
} as const;
