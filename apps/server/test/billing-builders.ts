import { type Fen, fen, sum, yuanText } from '@wuye-pay/money';
import { controlTotals } from '../src/modules/billing/index.ts';
import {
  type AccountCode,
  account,
  balanceOn,
  postTransfers,
} from '../src/modules/ledger/index.ts';
import { sql, type Tx } from '../src/platform/database/index.ts';
import { derivedId, newId } from '../src/platform/id.ts';
import type { TestSystem } from './harness.ts';

export interface GivenBills {
  /** A unit that exists; a new home in a new community unless given. */
  readonly unitId?: string;
  /** One bill each, of successive months, the last one in `month`. */
  readonly amountsFen: readonly number[];
  /** The month of the last bill; this month unless given. */
  readonly month?: string;
  /** 物业费 unless given. */
  readonly feeItemName?: string;
  readonly category?: 'income' | 'deposit' | 'agency';
  readonly companyId?: string;
}

export interface GivenBill {
  readonly id: string;
  readonly feeItemId: string;
  readonly amountFen: Fen;
}

export interface BilledUnit {
  readonly unitId: string;
  readonly communityId: string;
  readonly runId: string;
  readonly bills: readonly GivenBill[];
}

/** Published bills of one unit, posted to the ledger as a run posts them. */
export function givenBills(system: TestSystem, given: GivenBills): Promise<BilledUnit> {
  return system.deps.db.transaction(given.companyId ?? system.companyId, async (tx) => {
    const unitId = given.unitId ?? (await insertUnit(tx, system.clock.now()));
    const { community_id: communityId } = await tx.one(sql<{ community_id: string }>`
      select community_id from estate.pub_unit
      where company_id = ${tx.companyId} and id = ${unitId}`);
    const feeItem = await ensureFeeItem(tx, system, given);
    const amounts = given.amountsFen.map(fen);
    const runId = await insertRun(tx, system, { communityId, given, total: sum(amounts) });
    const bills = amounts.map((amountFen, index) => ({
      id: newId(new Date(system.clock.now().getTime() + index)),
      feeItemId: feeItem.id,
      amountFen,
      start: monthBefore(monthOf(system, given), amounts.length - 1 - index),
    }));
    for (const bill of bills)
      await insertBill(tx, { ...bill, runId, unitId, communityId, feeItem });
    await postIssued(tx, system, { runId, communityId, feeItem, total: sum(amounts) });
    return { unitId, communityId, runId, bills };
  });
}

interface FeeItem {
  readonly id: string;
  readonly tariffId: string;
  readonly category: 'income' | 'deposit' | 'agency';
}

async function ensureFeeItem(tx: Tx, system: TestSystem, given: GivenBills): Promise<FeeItem> {
  const name = given.feeItemName ?? '物业费';
  const category = given.category ?? 'income';
  const id = derivedId(tx.companyId, name);
  const tariffId = derivedId(tx.companyId, name, '固定');
  const at = system.clock.now();
  await tx.run(sql`
    insert into charging.fee_item (company_id, id, name, category, created_at)
    values (${tx.companyId}, ${id}, ${name}, ${category}, ${at}) on conflict do nothing`);
  await tx.run(sql`
    insert into charging.tariff (company_id, id, fee_item_id, name, version, basis, price,
      effective_from, created_at)
    values (${tx.companyId}, ${tariffId}, ${id}, '固定', 1, 'fixed', 100, '2020-01-01', ${at})
    on conflict do nothing`);
  return { id, tariffId, category };
}

async function insertRun(
  tx: Tx,
  system: TestSystem,
  run: { communityId: string; given: GivenBills; total: Fen },
): Promise<string> {
  const at = system.clock.now();
  const id = newId(at);
  await tx.run(sql`
    insert into billing.bill_run (company_id, id, community_id, month, state, bill_count,
      amount_fen, created_at, created_by, published_at, published_by)
    values (${tx.companyId}, ${id}, ${run.communityId}, ${monthOf(system, run.given)}, 'published',
      ${run.given.amountsFen.length}, ${run.total}, ${at}, '测试员', ${at}, '测试员')`);
  return id;
}

async function insertBill(
  tx: Tx,
  bill: GivenBill & {
    start: string;
    runId: string;
    unitId: string;
    communityId: string;
    feeItem: FeeItem;
  },
): Promise<void> {
  await tx.run(sql`
    insert into billing.bill (company_id, id, run_id, community_id, unit_id, fee_item_id, tariff_id,
      month, period_start, period_end, due_on, amount_fen, price, surcharge, months, rounding)
    values (${tx.companyId}, ${bill.id}, ${bill.runId}, ${bill.communityId}, ${bill.unitId},
      ${bill.feeItemId}, ${bill.feeItem.tariffId}, ${bill.start}, ${bill.start},
      (${bill.start}::date + interval '1 month - 1 day')::date, ${bill.start}::date + 24,
      ${bill.amountFen}, ${yuanText(bill.amountFen)}::numeric, 0, 1, 'half-up/fen/period')`);
}

async function postIssued(
  tx: Tx,
  system: TestSystem,
  run: { runId: string; communityId: string; feeItem: FeeItem; total: Fen },
): Promise<void> {
  const creditOf = {
    income: account.revenue,
    deposit: account.deposit,
    agency: account.agency,
  }[run.feeItem.category];
  await postTransfers(tx, system.deps, {
    key: `issue:${run.runId}`,
    kind: 'billing.issue',
    sourceId: run.runId,
    postedAt: system.clock.now(),
    transfers: [
      {
        debit: account.receivable(run.communityId, run.feeItem.id),
        credit: creditOf(run.communityId, run.feeItem.id),
        amountFen: run.total,
      },
    ],
  });
}

/** A home of 89.37 m² in a community of its own. */
async function insertUnit(tx: Tx, at: Date): Promise<string> {
  const [communityId, buildingId, unitId] = [newId(at), newId(at), newId(at)];
  await tx.run(sql`
    insert into estate.community (company_id, id, name, created_at)
    values (${tx.companyId}, ${communityId}, ${`桂花苑 ${communityId.slice(-6)}`}, ${at})`);
  await tx.run(sql`
    insert into estate.building (company_id, id, community_id, name, created_at)
    values (${tx.companyId}, ${buildingId}, ${communityId}, '1栋', ${at})`);
  await tx.run(sql`
    insert into estate.unit (company_id, id, community_id, building_id, entrance, floor, door_no,
      kind, label, sort_key, created_at, updated_at)
    values (${tx.companyId}, ${unitId}, ${communityId}, ${buildingId}, '1单元', '3', '301', 'home',
      '1栋1单元301', '0001 0001 0301', ${at}, ${at})`);
  return unitId;
}

function monthOf(system: TestSystem, given: GivenBills): string {
  return given.month ?? `${system.clock.now().toISOString().slice(0, 7)}-01`;
}

function monthBefore(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 - count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}

export interface BillInTest {
  readonly id: string;
  readonly unitId: string;
  readonly feeItemId: string;
  readonly amountFen: number;
  readonly paidFen: number;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly areaM2: string | null;
  readonly price: string;
  readonly surcharge: string;
  readonly months: number;
  readonly rounding: string;
  readonly state: 'issued' | 'void';
}

/** What a run wrote, by unit and fee item, read past all queries of the product. */
export function billsOf(system: TestSystem, runId: string): Promise<BillInTest[]> {
  return system.deps.jobsDb.global.many(sql<BillInTest>`
    select id, unit_id as "unitId", fee_item_id as "feeItemId", amount_fen as "amountFen",
      paid_fen as "paidFen", period_start as "periodStart", period_end as "periodEnd",
      due_on as "dueOn", area_m2 as "areaM2", price, surcharge, months, rounding, state
    from billing.bill where run_id = ${runId} order by unit_id, fee_item_id`);
}

/** Open bills and receivable balances by community and fee item; they must be the same. */
export async function booksOf(
  system: TestSystem,
  companyId: string = system.companyId,
): Promise<{ open: Record<string, number>; receivable: Record<string, number> }> {
  return await system.deps.db.read(companyId, async (tx) => {
    const open: Record<string, number> = {};
    const receivable: Record<string, number> = {};
    for (const total of await controlTotals(tx)) {
      open[account.receivable(total.communityId, total.feeItemId)] = total.openFen;
    }
    const codes = await tx.many(sql<{ code: AccountCode }>`
      select distinct code from (
        select debit_code as code from ledger.pub_transfer where company_id = ${companyId}
        union select credit_code from ledger.pub_transfer where company_id = ${companyId}
      ) as used where code like 'receivable:%'`);
    for (const { code } of codes) {
      const balance = await balanceOn(tx, code, system.clock.now());
      if (balance !== 0) receivable[code] = balance;
    }
    return { open, receivable };
  });
}
