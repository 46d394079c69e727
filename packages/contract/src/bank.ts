import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Id, Instant, Nothing, Nullable, Page, PageQuery } from './common.ts';

const strict = { additionalProperties: false };
const Name = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' });
const AccountNumber = Type.String({ pattern: '^[0-9][0-9 -]{5,38}[0-9]$' });
/** What a customer of the bank sees as the account to pay to: digits, at times with letters. */
const SubAccountNumber = Type.String({ pattern: '^[0-9A-Za-z]{6,34}$' });

const AccountParams = Type.Object({ bankAccountId: Id });
const UnitParams = Type.Object({ unitId: Id });
const RuleParams = Type.Object({ ruleId: Id });

const accountFields = {
  /** How staff call it: 建行基本户. */
  name: Name,
  /** 户名, as a payer must write it. */
  holder: Name,
  bankName: Name,
  branch: Type.Optional(Type.String({ maxLength: 80 })),
  /** Communities that pay into it. Empty: those that no other account is named for. */
  communityIds: Type.Array(Id, { maxItems: 200, uniqueItems: true }),
};

export const BankAccountState = Type.Enum(['active', 'closed']);

export const BankAccountView = Type.Object({
  id: Id,
  name: Type.String(),
  holder: Type.String(),
  bankName: Type.String(),
  branch: Type.String(),
  /** Its last four digits; the whole number stands on the page of a unit, for payers. */
  numberMasked: Type.String(),
  state: BankAccountState,
  communities: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  createdAt: Instant,
});
export type BankAccountView = Static<typeof BankAccountView>;

/** How to pay for one unit by transfer. */
export const TransferGuide = Type.Object({
  accounts: Type.Array(
    Type.Object({
      bankAccountId: Id,
      holder: Type.String(),
      bankName: Type.String(),
      branch: Type.String(),
      /** The account to write on the transfer: the unit's own where it has one. */
      number: Type.String(),
      isSubAccount: Type.Boolean(),
    }),
  ),
  /** To be written into the remark of the transfer; null until somebody asks for one. */
  reference: Nullable(Type.String()),
  /** In groups of three, for paper. */
  referencePrinted: Nullable(Type.String()),
});
export type TransferGuide = Static<typeof TransferGuide>;

export const UnitReference = Type.Object({
  unitId: Id,
  communityName: Type.String(),
  unitLabel: Type.String(),
  reference: Nullable(Type.String()),
  referencePrinted: Nullable(Type.String()),
  subAccount: Nullable(Type.String()),
  subAccountBankName: Nullable(Type.String()),
});
export type UnitReference = Static<typeof UnitReference>;

export const BankRuleKind = Type.Enum(['settlement', 'own-transfer', 'reversal', 'other']);
export type BankRuleKind = Static<typeof BankRuleKind>;
export const BankRulePlace = Type.Enum(['counterparty', 'text', 'either']);
export type BankRulePlace = Static<typeof BankRulePlace>;

const ruleFields = {
  kind: BankRuleKind,
  /** Where the words are looked for. */
  place: BankRulePlace,
  /** Found anywhere in it, whatever the case and blanks. */
  words: Type.String({ minLength: 2, maxLength: 60, pattern: '\\S' }),
};

/** Credits that a rule meets are kept and shown as "not a payment". */
export const BankRuleView = Type.Object({
  ...ruleFields,
  id: Id,
  isActive: Type.Boolean(),
  createdAt: Instant,
});
export type BankRuleView = Static<typeof BankRuleView>;

export const BankRuleExample = Type.Object({ ...ruleFields, note: Bilingual });
export type BankRuleExample = Static<typeof BankRuleExample>;

export const BankSettings = Type.Object(
  {
    /** A payer's name and an exact amount may settle bills without anybody looking. */
    matchesByName: Type.Boolean(),
    /** From this amount on a manual match needs a second person; null: never. */
    twoPeopleFromFen: Nullable(Type.Integer({ minimum: 1, maximum: 10_000_000_000_00 })),
  },
  strict,
);
export type BankSettings = Static<typeof BankSettings>;

/**
 * Routes of the module bank, keyed 'METHOD /path'; imports and entries have files of their own.
 * Besides: GET /api/bank-references.csv with the same filters, and
 * POST /api/bank-sub-accounts (multipart: bankAccountId, file) with the bank's list of numbers.
 */
export const bankRoutes = {
  'GET /api/bank-accounts': { response: Type.Object({ items: Type.Array(BankAccountView) }) },
  'POST /api/bank-accounts': {
    body: Type.Object({ ...accountFields, number: AccountNumber }, strict),
    status: 201,
    response: BankAccountView,
  },
  'PATCH /api/bank-accounts/:bankAccountId': {
    params: AccountParams,
    body: Type.Object({ ...accountFields, state: BankAccountState }, strict),
    response: BankAccountView,
  },
  'GET /api/units/:unitId/transfer': { params: UnitParams, response: TransferGuide },
  /** Makes the unit's reference, or answers the one it has. */
  'POST /api/units/:unitId/transfer': { params: UnitParams, response: TransferGuide },
  /** The number that the bank gave out for this unit. */
  'PUT /api/units/:unitId/sub-account': {
    params: UnitParams,
    body: Type.Object({ bankAccountId: Id, number: SubAccountNumber }, strict),
    response: TransferGuide,
  },
  'DELETE /api/units/:unitId/sub-account': { params: UnitParams, response: TransferGuide },
  'GET /api/bank-references': {
    query: Type.Object({ communityId: Id, ...PageQuery }),
    response: Page(UnitReference),
  },
  /** Makes a reference for every active unit of a community that has none. */
  'POST /api/bank-references': {
    body: Type.Object({ communityId: Id }, strict),
    response: Type.Object({ made: Type.Integer() }),
  },
  'GET /api/bank-rules': {
    response: Type.Object({
      items: Type.Array(BankRuleView),
      /** Not in force; somebody has to take them over. */
      examples: Type.Array(BankRuleExample),
    }),
  },
  'POST /api/bank-rules': {
    body: Type.Object(ruleFields, strict),
    status: 201,
    response: BankRuleView,
  },
  'PATCH /api/bank-rules/:ruleId': {
    params: RuleParams,
    body: Type.Object({ ...ruleFields, isActive: Type.Boolean() }, strict),
    response: BankRuleView,
  },
  'DELETE /api/bank-rules/:ruleId': { params: RuleParams, response: Nothing },
  'GET /api/bank-settings': { response: BankSettings },
  'PUT /api/bank-settings': { body: BankSettings, response: BankSettings },
} as const;
