import type { BankEntryDetail, BankEntryView, BankMatchView } from '@wuye-pay/contract';
import {
  emptySql,
  joinSql,
  type Statement,
  sql,
  type Tx,
} from '../../../platform/database/index.ts';
import type { Bilingual } from '../domain/wording.ts';

export interface EntryQuery {
  readonly bankAccountId?: string;
  readonly bankImportId?: string;
  readonly unitId?: string;
  readonly state?: BankEntryView['state'];
  readonly from?: string;
  readonly to?: string;
  readonly search?: EntrySearch;
  /** Day and id of the last entry of the page before. */
  readonly after: readonly (string | number)[] | undefined;
  readonly limit: number;
}

/** What a text to search for can be. */
export interface EntrySearch {
  readonly text: string;
  readonly indexes: readonly Buffer[];
  readonly amountFen: number | null;
}

/** Newest statement day first. */
export function listEntries(tx: Tx, query: EntryQuery): Promise<BankEntryView[]> {
  return tx.many(sql<BankEntryView>`
    select ${columns} ${tables}
    where ${joinSql(filtersOf(tx, query), ' and ')}
    order by e.booked_on desc, e.id desc limit ${query.limit}`);
}

function filtersOf(tx: Tx, query: EntryQuery): Statement[] {
  const { bankAccountId, bankImportId, unitId, state, from, to, search, after } = query;
  return [
    sql`e.company_id = ${tx.companyId}`,
    ...(bankAccountId ? [sql`e.account_id = ${bankAccountId}`] : []),
    ...(bankImportId ? [sql`e.import_id = ${bankImportId}`] : []),
    ...(unitId ? [ofUnit(unitId)] : []),
    ...(state ? [inState(state)] : []),
    ...(from ? [sql`e.booked_on >= ${from}`] : []),
    ...(to ? [sql`e.booked_on <= ${to}`] : []),
    ...(search ? [meeting(search)] : []),
    ...(after ? [sql`(e.booked_on, e.id) < (${after[0]}::date, ${after[1]}::uuid)`] : []),
  ];
}

function ofUnit(unitId: string): Statement {
  return sql`(e.unit_id = ${unitId} or exists (select from bank.match as m
    where m.company_id = e.company_id and m.entry_id = e.id and m.unit_id = ${unitId}))`;
}

/** Where the money is now: a case that was resolved since holds none. */
function inState(state: BankEntryView['state']): Statement {
  if (state === 'suspense' || state === 'split') {
    return sql`e.state = ${state} and c.state = 'open'`;
  }
  const isResolved = sql`e.state in ('suspense', 'split') and c.state = 'resolved'`;
  if (state === 'returned') return sql`${isResolved} and ${wentBack}`;
  if (state !== 'matched') return sql`e.state = ${state}`;
  return sql`(e.state = 'matched' or ${isResolved} and not ${wentBack})`;
}

/** What its case held was given back. */
const wentBack = sql`exists (select from payment.pub_refund as f
  where f.company_id = e.company_id and f.case_id = e.case_id and f.state = 'refunded')`;

function meeting({ text, indexes, amountFen }: EntrySearch): Statement {
  const amount = amountFen === null ? emptySql : sql`or e.amount_fen = ${amountFen}`;
  return sql`(e.bank_reference = ${text} or e.counterparty_index = any (${indexes}::bytea[])
    or e.name_index = any (${indexes}::bytea[]) ${amount})`;
}

export type EntryDetailRow = Omit<
  BankEntryDetail,
  'importedAt' | 'suggestions' | 'matches' | 'canMatch' | 'whyNot' | 'twoPeopleFromFen'
> & {
  readonly importedAt: Date;
  readonly sealed: Buffer;
  readonly counterpartyIndex: Buffer | null;
  readonly reasons: Bilingual[];
};

export function entryDetail(tx: Tx, entryId: string): Promise<EntryDetailRow | undefined> {
  return tx.maybe(sql<EntryDetailRow>`
    select ${columns}, e.balance_fen as "balanceFen", e.end_to_end_id as "endToEndId",
      e.sub_account as "subAccount", i.file_name as "fileName", e.imported_at as "importedAt",
      c.case_no as "caseNo", e.reasons, e.sealed, e.counterparty_index as "counterpartyIndex"
    ${tables}
    where e.company_id = ${tx.companyId} and e.id = ${entryId}`);
}

export async function matchesOf(tx: Tx, entryId: string): Promise<BankMatchView[]> {
  const rows = await tx.many(sql<Omit<BankMatchView, 'matchedAt'> & { matchedAt: Date }>`
    select m.payment_id as "paymentId", m.unit_id as "unitId", unit.label as "unitLabel",
      community.name as "communityName", m.amount_fen as "amountFen", m.matched_by as "matchedBy",
      m.matched_at as "matchedAt"
    from bank.match as m
    join estate.pub_unit as unit on unit.company_id = m.company_id and unit.id = m.unit_id
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    where m.company_id = ${tx.companyId} and m.entry_id = ${entryId}
    order by m.matched_at, m.id limit 100`);
  return rows.map((row) => ({ ...row, matchedAt: row.matchedAt.toISOString() }));
}

const columns = sql`e.id, e.account_id as "bankAccountId", a.name as "bankAccountName",
  e.import_id as "bankImportId", e.row_no as row, e.booked_on as "bookedOn", e.direction,
  e.amount_fen as "amountFen", coalesce(c.amount_fen - c.resolved_fen, 0) as "suspenseFen",
  e.is_reversal as "isReversal",
  case when e.state not in ('suspense', 'split') or c.state = 'open' then e.state
    when ${wentBack} then 'returned' else 'matched' end as state,
  e.not_payment_kind as "notPaymentKind", e.counterparty_masked as "counterpartyMasked",
  e.counterparty_account_masked as "counterpartyAccountMasked",
  e.counterparty_bank as "counterpartyBank", e.text_shown as text,
  e.bank_reference as "bankReference", e.unit_id as "unitId", unit.label as "unitLabel",
  community.name as "communityName", e.payment_id as "paymentId", e.case_id as "caseId",
  c.reserved_by is not null as "isProposed"`;

const tables = sql`
  from bank.entry as e
  join bank.account as a on a.company_id = e.company_id and a.id = e.account_id
  join bank.import as i on i.company_id = e.company_id and i.id = e.import_id
  left join payment.pub_case as c on c.company_id = e.company_id and c.id = e.case_id
  left join estate.pub_unit as unit on unit.company_id = e.company_id and unit.id = e.unit_id
  left join estate.pub_community as community on community.company_id = unit.company_id
    and community.id = unit.community_id`;
