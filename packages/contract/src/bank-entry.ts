import Type, { type Static } from 'typebox';
import { BankRuleKind } from './bank.ts';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Month, Nullable, Page, PageQuery } from './common.ts';
import { BillAmounts } from './refund.ts';

const strict = { additionalProperties: false };
const EntryParams = Type.Object({ entryId: Id });
const Note = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });

/**
 * `matched`: all of it settled bills; `split`: some of it, the rest is in suspense; `suspense`: all
 * of it is; `returned`: what was in suspense went back; `not-payment`: a settlement, a reversal or
 * a transfer of one's own; `debit`: money that left, kept and not posted.
 */
export const BankEntryState = Type.Enum([
  'matched',
  'split',
  'suspense',
  'returned',
  'not-payment',
  'debit',
]);
export type BankEntryState = Static<typeof BankEntryState>;

const entryFields = {
  id: Id,
  bankAccountId: Id,
  bankAccountName: Type.String(),
  bankImportId: Id,
  row: Type.Integer(),
  bookedOn: Day,
  direction: Type.Enum(['credit', 'debit']),
  amountFen: FenAmount,
  /** What of it lies in suspense still. */
  suspenseFen: FenAmount,
  isReversal: Type.Boolean(),
  state: BankEntryState,
  notPaymentKind: Nullable(BankRuleKind),
  counterpartyMasked: Type.String(),
  counterpartyAccountMasked: Type.String(),
  counterpartyBank: Type.String(),
  /** The remark, long numbers masked. */
  text: Type.String(),
  bankReference: Nullable(Type.String()),
  /** Known although the money may not have settled anything. */
  unitId: Nullable(Id),
  unitLabel: Nullable(Type.String()),
  communityName: Nullable(Type.String()),
  paymentId: Nullable(Id),
  caseId: Nullable(Id),
  /** Somebody proposed a match that waits for a second person. */
  isProposed: Type.Boolean(),
};

export const BankEntryView = Type.Object(entryFields);
export type BankEntryView = Static<typeof BankEntryView>;

export const SuggestedBill = Type.Object({
  billId: Id,
  feeItemName: Type.String(),
  month: Month,
  dueOn: Day,
  openFen: FenAmount,
  /** What the suggestion would put on it; 0: left out. */
  amountFen: FenAmount,
});

/** A unit that the money may be for, the best first. */
export const BankSuggestion = Type.Object({
  unitId: Id,
  unitLabel: Type.String(),
  communityName: Type.String(),
  ownerMasked: Nullable(Type.String()),
  /** 0 to 100. */
  score: Type.Integer(),
  reasons: Type.Array(Bilingual),
  openFen: FenAmount,
  bills: Type.Array(SuggestedBill),
});
export type BankSuggestion = Static<typeof BankSuggestion>;

/** What of an entry in suspense settled bills later. */
export const BankMatchView = Type.Object({
  paymentId: Id,
  unitId: Id,
  unitLabel: Type.String(),
  communityName: Type.String(),
  amountFen: FenAmount,
  matchedBy: Type.String(),
  matchedAt: Instant,
});
export type BankMatchView = Static<typeof BankMatchView>;

export const BankEntryDetail = Type.Object({
  ...entryFields,
  balanceFen: Nullable(Type.Integer()),
  endToEndId: Nullable(Type.String()),
  subAccount: Nullable(Type.String()),
  fileName: Type.String(),
  importedAt: Instant,
  caseNo: Nullable(Type.String()),
  /** Why it was matched, or why nobody dared to; one sentence each. */
  reasons: Type.Array(Bilingual),
  suggestions: Type.Array(BankSuggestion),
  matches: Type.Array(BankMatchView),
  canMatch: Type.Boolean(),
  /** Why not, when it cannot be matched now. */
  whyNot: Nullable(Bilingual),
  /** A match of this much needs a second person; null: never. */
  twoPeopleFromFen: Nullable(FenAmount),
});
export type BankEntryDetail = Static<typeof BankEntryDetail>;

export const BankEntryFilter = {
  bankAccountId: Type.Optional(Id),
  bankImportId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  state: Type.Optional(BankEntryState),
  /** Days of the statement, both included. */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /** A bank's reference, a whole counterparty name or account, or an amount in yuan. */
  search: Type.Optional(Type.String({ maxLength: 64 })),
};

/**
 * Routes of the entries of statements, a part of the module bank. Besides:
 * GET /api/bank-entries.csv with the same filters.
 */
export const bankEntryRoutes = {
  /** Newest statement day first. */
  'GET /api/bank-entries': {
    query: Type.Object({ ...PageQuery, ...BankEntryFilter }),
    response: Page(BankEntryView),
  },
  'GET /api/bank-entries/:entryId': { params: EntryParams, response: BankEntryDetail },
  /** The clear name, account and remark of an entry; leaves an audit entry. */
  'POST /api/bank-entries/:entryId/reveal': {
    params: EntryParams,
    body: Type.Object({ reason: Note }, strict),
    response: Type.Object({
      counterparty: Type.String(),
      counterpartyAccount: Type.String(),
      text: Type.String(),
    }),
  },
  /** What a unit that somebody looked up owes, and what this money would settle of it. */
  'GET /api/bank-entries/:entryId/units/:unitId': {
    params: Type.Object({ entryId: Id, unitId: Id }),
    response: BankSuggestion,
  },
  /**
   * Settles bills with the entry's money; from a limit on it is proposed, and a second person
   * approves it as any use of money in suspense.
   */
  'POST /api/bank-entries/:entryId/matches': {
    params: EntryParams,
    body: Type.Object(
      {
        unitId: Id,
        lines: BillAmounts,
        note: Note,
        idempotencyKey: Type.String({ minLength: 8, maxLength: 80 }),
      },
      strict,
    ),
    status: 201,
    response: BankEntryDetail,
  },
} as const;
