import pg from 'pg';
import { account } from '../../../apps/server/src/modules/ledger/index.ts';
import { derivedId, newId } from '../../../apps/server/src/platform/id.ts';
import { beginning } from './world.ts';

/**
 * A company of a home with four open bills and its parking space with one, made in bulk: one of its
 * own for every run.
 */
export interface RunCompany {
  readonly companyId: string;
  readonly shortCode: string;
  readonly communityId: string;
  readonly unitId: string;
  readonly parkingId: string;
  /** In key order; the last one is the parking space's. */
  readonly bills: readonly {
    readonly id: string;
    readonly unitId: string;
    readonly amountFen: number;
  }[];
}

/** 物业费, and one that is collected for the waterworks; one of a single fen. */
const amountsFen = [120_00, 80_00, 1, 55_37, 33_33] as const;
const ofParking = 4;
const items = [
  { name: '物业费', category: 'income', account: account.revenue },
  { name: '代收水费', category: 'agency', account: account.agency },
] as const;

type Row = Record<string, unknown>;
type Rows = Map<string, Row[]>;

/** One statement a table, however many companies: arranging must not cost more than the runs. */
export async function makeCompanies(
  ownerUrl: string,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<RunCompany[]> {
  const rows: Rows = new Map();
  const companies = Array.from({ length: count }, (_, index) =>
    describeCompany(rows, `r${(from + index).toString(36)}`),
  );
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    for (const [table, ofTable] of rows) await insert(client, table, ofTable);
    await client.query('commit');
  } finally {
    await client.end();
  }
  return companies;
}

async function insert(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  await client.query(
    `insert into ${table} (${columns})
     select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}

function describeCompany(rows: Rows, shortCode: string): RunCompany {
  const companyId = newId(beginning);
  const [communityId, buildingId, unitId, parkingId, runId] = [1, 2, 3, 4, 5].map(() =>
    newId(beginning),
  );
  const created_at = beginning;
  const own = { company_id: companyId, created_at };
  const add = (table: string, row: Row) => void rows.set(table, [...(rows.get(table) ?? []), row]);
  add('identity.company', {
    id: companyId,
    short_code: shortCode,
    name: `物业 ${shortCode}`,
    time_zone: 'Asia/Shanghai',
    created_at,
  });
  add('identity.company_code', { company_id: companyId, short_code: shortCode });
  add('estate.community', { ...own, id: communityId, name: '桂花苑' });
  const community = { ...own, community_id: communityId };
  add('estate.building', { ...community, id: buildingId, name: '1栋' });
  const unit = { building_id: buildingId, entrance: '', floor: '', updated_at: created_at };
  for (const own of [
    { id: unitId, door_no: '301', kind: 'home', label: '1栋301', sort_key: '0001 0301' },
    { id: parkingId, door_no: 'P7', kind: 'parking', label: 'P7', sort_key: '0009 0007' },
  ]) {
    add('estate.unit', { ...community, ...unit, ...own, state: 'active' });
  }
  add('billing.bill_run', {
    ...community,
    id: runId,
    month: '2026-11-01',
    state: 'published',
    bill_count: amountsFen.length,
    amount_fen: amountsFen.reduce((all, one) => all + one, 0),
    skipped_count: 0,
    published_at: created_at,
  });
  for (const item of items) addItem(rows, { companyId, communityId, item, created_at });
  const bills = amountsFen.map((amountFen, index) => ({
    id: newId(beginning),
    unitId: (index === ofParking ? parkingId : unitId) ?? '',
    amountFen,
    index,
  }));
  for (const bill of bills) {
    add('billing.bill', {
      company_id: companyId,
      community_id: communityId,
      unit_id: bill.unitId,
      run_id: runId,
      ...billRow(companyId, bill),
    });
  }
  const place = {
    communityId: communityId ?? '',
    unitId: unitId ?? '',
    parkingId: parkingId ?? '',
  };
  return { companyId, shortCode, ...place, bills };
}

function itemOf(index: number) {
  return index === 3 ? items[1] : items[0];
}

function billRow(companyId: string, bill: { id: string; amountFen: number; index: number }): Row {
  const item = itemOf(bill.index);
  const month = String(8 + bill.index).padStart(2, '0');
  return {
    id: bill.id,
    fee_item_id: derivedId(companyId, item.name),
    tariff_id: derivedId(companyId, item.name, 'tariff'),
    month: `2026-${month}-01`,
    period_start: `2026-${month}-01`,
    period_end: `2026-${month}-28`,
    due_on: `2026-${month}-25`,
    amount_fen: bill.amountFen,
    paid_fen: 0,
    waived_fen: 0,
    from_balance_fen: 0,
    price: 1,
    surcharge: 0,
    months: 1,
    rounding: 'half-up/fen/period',
    state: 'issued',
  };
}

/** A fee item with its tariff, its accounts, and what its bills posted when they were issued. */
function addItem(
  rows: Rows,
  given: {
    companyId: string;
    communityId: string | undefined;
    item: (typeof items)[number];
    created_at: Date;
  },
): void {
  const { companyId, communityId = '', item, created_at } = given;
  const company_id = companyId;
  const add = (table: string, row: Row) => void rows.set(table, [...(rows.get(table) ?? []), row]);
  const id = derivedId(companyId, item.name);
  const own = { company_id, created_at };
  add('charging.fee_item', {
    ...own,
    id,
    name: item.name,
    category: item.category,
    priority: 1,
    state: 'active',
  });
  add('charging.tariff', {
    ...own,
    id: derivedId(companyId, item.name, 'tariff'),
    fee_item_id: id,
    name: '固定',
    version: 1,
    basis: 'fixed',
    price: 100,
    surcharge: 0,
    period_months: 1,
    anchor_month: 1,
    rounding_mode: 'half-up',
    rounding_unit: 'fen',
    rounding_point: 'period',
    due_day: 25,
    effective_from: '2020-01-01',
  });
  const debit = account.receivable(communityId, id);
  const credit = item.account(communityId, id);
  const accounts = [
    { code: debit, kind: 'receivable', normal_side: 'debit' },
    { code: credit, kind: credit.split(':')[0], normal_side: 'credit' },
  ];
  for (const one of accounts) {
    add('ledger.account', { ...own, ...one, id: derivedId(companyId, one.code) });
  }
  const posting = { company_id, id: newId(beginning), posted_at: created_at };
  add('ledger.posting', {
    ...posting,
    key: `issue:${id}`,
    kind: 'billing.issue',
    source_id: id,
  });
  add('ledger.transfer', {
    ...posting,
    id: newId(beginning),
    posting_id: posting.id,
    day: '2026-11-24',
    debit_account_id: derivedId(companyId, debit),
    credit_account_id: derivedId(companyId, credit),
    amount_fen: amountsFen
      .filter((_, index) => itemOf(index) === item)
      .reduce((all, one) => all + one, 0),
  });
}
