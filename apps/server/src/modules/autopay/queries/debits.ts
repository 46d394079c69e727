import type { AutopayDebit, AutopayDebitBill, AutopayDebitRow } from '@wuye-pay/contract';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { DebitState } from '../domain/debit.ts';
import { debitNote } from '../domain/notes.ts';
import { walletWords } from '../domain/words.ts';

interface Row {
  readonly id: string;
  readonly mandateId: string;
  readonly debitOn: string;
  readonly amountFen: number;
  readonly tryNo: number;
  readonly state: DebitState;
  readonly endCode: string | null;
  readonly nextDebitOn: string | null;
  readonly noticedAt: Date | null;
  readonly paymentId: string | null;
  readonly endedAt: Date | null;
  readonly bills: AutopayDebitBill[];
  readonly canUnskip: boolean;
}

export type DebitOfMandate = AutopayDebit & { readonly mandateId: string };

/** The open ones of some mandates, at most one each. */
export function openDebits(tx: Tx, mandateIds: readonly string[]): Promise<DebitOfMandate[]> {
  return debitViews(
    tx,
    sql`debit.mandate_id = any (${mandateIds}::uuid[])
      and debit.state in ('planned', 'announced', 'started')`,
    mandateIds.length,
  );
}

export async function debitView(tx: Tx, debitId: string): Promise<DebitOfMandate | undefined> {
  const [view] = await debitViews(tx, sql`debit.id = ${debitId}`, 1);
  return view;
}

/** Newest first. */
export function debitsOf(
  tx: Tx,
  page: { readonly mandateId: string; readonly after: string | undefined; readonly limit: number },
): Promise<DebitOfMandate[]> {
  const { mandateId, after, limit } = page;
  const rest = after === undefined ? emptySql : sql`and ${afterDebit(tx, after)}`;
  return debitViews(tx, sql`debit.mandate_id = ${mandateId} ${rest}`, limit);
}

/** The later day first, whenever a debit was planned. */
function afterDebit(tx: Tx, after: string): Statement {
  return sql`(debit.debit_on, debit.id) < (
    select last.debit_on, last.id from autopay.debit as last
    where last.company_id = ${tx.companyId} and last.id = ${after}::uuid)`;
}

/** A bill of the debit that is open and that its mandate still pays. */
const stillOwed = sql`
  select from autopay.debit_bill as line
  join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    and bill.state = 'issued' and bill.paid_fen + bill.waived_fen < bill.amount_fen
  join autopay.cover as cover on cover.company_id = bill.company_id
    and cover.unit_id = bill.unit_id and cover.fee_item_id = bill.fee_item_id
    and cover.state = 'live'
  where line.company_id = debit.company_id and line.debit_id = debit.id
    and cover.mandate_id = debit.mandate_id`;

async function debitViews(tx: Tx, which: Statement, most: number): Promise<DebitOfMandate[]> {
  const rows = await tx.many(sql<Row>`
    select debit.id, debit.mandate_id as "mandateId", debit.debit_on::text as "debitOn",
      coalesce(debit.charged_fen, debit.amount_fen) as "amountFen", debit.try_no as "tryNo",
      debit.state, debit.end_code as "endCode", debit.next_debit_on::text as "nextDebitOn",
      debit.noticed_at as "noticedAt", debit.payment_id as "paymentId",
      debit.ended_at as "endedAt", (
        select coalesce(jsonb_agg(jsonb_build_object('billId', bill.id, 'unitId', bill.unit_id,
          'unitLabel', unit.label, 'feeItemName', item.name, 'month', bill.month,
          'amountFen', line.amount_fen) order by bill.due_on, bill.id), '[]')
        from autopay.debit_bill as line
        join billing.pub_bill as bill on bill.company_id = line.company_id
          and bill.id = line.bill_id
        join estate.pub_unit as unit on unit.company_id = bill.company_id
          and unit.id = bill.unit_id
        join charging.pub_fee_item as item on item.company_id = bill.company_id
          and item.id = bill.fee_item_id
        where line.company_id = debit.company_id and line.debit_id = debit.id) as bills,
      debit.state = 'skipped' and exists (${stillOwed}) as "canUnskip"
    from autopay.debit as debit
    where debit.company_id = ${tx.companyId} and ${which}
    order by debit.debit_on desc, debit.id desc limit ${most}`);
  return rows.map(({ endCode, nextDebitOn, noticedAt, endedAt, ...row }) => ({
    ...row,
    note: debitNote({ ...row, endCode, nextDebitOn }),
    noticedAt: noticedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    canSkip: row.state === 'planned' || row.state === 'announced',
  }));
}

export interface DebitFilter {
  readonly state?: DebitState;
  readonly communityId?: string;
  readonly from?: string;
  readonly to?: string;
}

type ListRow = Omit<AutopayDebitRow, 'wallet' | 'note' | 'endedAt'> & {
  readonly channel: string;
  readonly endCode: string | null;
  readonly nextDebitOn: string | null;
  readonly endedAt: Date | null;
};

/** For staff, the latest day first. */
export async function listDebits(
  tx: Tx,
  filter: DebitFilter & { readonly after: string | undefined; readonly limit: number },
): Promise<AutopayDebitRow[]> {
  const { state, communityId, from, to, after, limit } = filter;
  const rows = await tx.many(sql<ListRow>`
    select debit.id, debit.mandate_id as "mandateId", mandate.account_id as "residentId",
      account.display_name as "residentName", account.phone_masked as "phoneMasked",
      mandate.channel, debit.debit_on::text as "debitOn",
      coalesce(debit.charged_fen, debit.amount_fen) as "amountFen", debit.try_no as "tryNo",
      debit.state, debit.end_code as "endCode", debit.next_debit_on::text as "nextDebitOn",
      debit.payment_id as "paymentId", debit.ended_at as "endedAt", (
        select coalesce(jsonb_agg(distinct jsonb_build_object('unitId', unit.id,
          'label', unit.label)), '[]')
        from autopay.debit_bill as line
        join estate.pub_unit as unit on unit.company_id = line.company_id
          and unit.id = line.unit_id
        where line.company_id = debit.company_id and line.debit_id = debit.id) as units
    from autopay.debit as debit
    join autopay.mandate as mandate on mandate.company_id = debit.company_id
      and mandate.id = debit.mandate_id
    join resident.pub_account as account on account.company_id = mandate.company_id
      and account.id = mandate.account_id
    where debit.company_id = ${tx.companyId}
      ${state === undefined ? emptySql : sql`and debit.state = ${state}`}
      ${from === undefined ? emptySql : sql`and debit.debit_on >= ${from}::date`}
      ${to === undefined ? emptySql : sql`and debit.debit_on <= ${to}::date`}
      ${communityId === undefined ? emptySql : inCommunity(communityId)}
      ${after === undefined ? emptySql : sql`and ${afterDebit(tx, after)}`}
    order by debit.debit_on desc, debit.id desc limit ${limit}`);
  return rows.map(({ channel, endCode, nextDebitOn, endedAt, ...row }) => ({
    ...row,
    wallet: walletWords(channel),
    note: debitNote({ ...row, endCode, nextDebitOn }),
    endedAt: endedAt?.toISOString() ?? null,
  }));
}

function inCommunity(communityId: string): Statement {
  return sql`and exists (
    select from autopay.debit_bill as own
    join estate.pub_unit as place on place.company_id = own.company_id and place.id = own.unit_id
    where own.company_id = debit.company_id and own.debit_id = debit.id
      and place.community_id = ${communityId})`;
}
