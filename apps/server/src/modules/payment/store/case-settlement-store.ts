import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { StateChange } from './payment-store.ts';
import { stateChangeInsert } from './payment-store.ts';

export interface SettlementLine {
  readonly billId: string;
  readonly amountFen: Fen;
}

export interface CaseSettlementRow {
  readonly id: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly state: 'requested' | 'settled' | 'rejected' | 'cancelled';
  readonly amountFen: Fen;
  readonly note: string;
  readonly requestedById: string;
}

export async function insertSettlement(
  tx: Tx,
  settlement: Omit<CaseSettlementRow, 'state'> & {
    readonly requestedBy: string;
    readonly requestedAt: Date;
  },
  lines: readonly SettlementLine[],
): Promise<void> {
  const s = settlement;
  await tx.run(sql`
    insert into payment.case_settlement (company_id, id, case_id, unit_id, amount_fen, note,
      requested_by_id, requested_by, requested_at)
    values (${tx.companyId}, ${s.id}, ${s.caseId}, ${s.unitId}, ${s.amountFen}, ${s.note},
      ${s.requestedById}, ${s.requestedBy}, ${s.requestedAt})`);
  await tx.run(sql`
    insert into payment.case_settlement_line (company_id, id, settlement_id, bill_id, amount_fen)
    select company.id, line.*
    from identity.company as company
    cross join unnest(${lines.map(({ billId }) => derivedId(s.id, billId))}::uuid[],
      ${lines.map(() => s.id)}::uuid[], ${lines.map(({ billId }) => billId)}::uuid[],
      ${lines.map(({ amountFen }) => amountFen)}::bigint[]) as line
    where company.id = ${tx.companyId}`);
}

/** The case and the payment behind a proposal, which never change. */
export async function caseOfSettlement(
  tx: Tx,
  settlementId: string,
): Promise<{ caseId: string; paymentId: string | null } | undefined> {
  return await tx.maybe(sql<{ caseId: string; paymentId: string | null }>`
    select p.case_id as "caseId", s.payment_id as "paymentId"
    from payment.case_settlement as p
    join payment.surplus as s on s.company_id = p.company_id and s.id = p.case_id
    where p.company_id = ${tx.companyId} and p.id = ${settlementId}`);
}

/** Its lock comes after that of the case. */
export async function lockSettlement(tx: Tx, settlementId: string): Promise<CaseSettlementRow> {
  const row = await tx.one(sql<CaseSettlementRow>`
    select id, case_id as "caseId", unit_id as "unitId", state, amount_fen as "amountFen", note,
      requested_by_id as "requestedById"
    from payment.case_settlement
    where company_id = ${tx.companyId} and id = ${settlementId}
    for update`);
  return { ...row, amountFen: fen(row.amountFen) };
}

export async function settlementLines(tx: Tx, settlementId: string): Promise<SettlementLine[]> {
  const rows = await tx.many(sql<SettlementLine>`
    select bill_id as "billId", amount_fen as "amountFen"
    from payment.case_settlement_line
    where company_id = ${tx.companyId} and settlement_id = ${settlementId}
    order by bill_id`);
  return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
}

export async function endSettlement(
  tx: Tx,
  settlementId: string,
  end: {
    readonly to: 'settled' | 'rejected' | 'cancelled';
    readonly by: { readonly id: string; readonly name: string };
    readonly at: Date;
    readonly note: string | null;
    readonly paymentId: string | null;
  },
): Promise<void> {
  const written = await tx.run(sql`
    update payment.case_settlement set state = ${end.to}, decided_by_id = ${end.by.id},
      decided_by = ${end.by.name}, decided_at = ${end.at}, decision_note = ${end.note},
      payment_id = ${end.paymentId}
    where company_id = ${tx.companyId} and id = ${settlementId} and state = 'requested'`);
  if (written !== 1) throw new Error(`settlement ${settlementId} was decided before`);
}

export interface PaymentOfCase {
  readonly id: string;
  readonly caseId: string;
  readonly communityId: string;
  readonly unitId: string;
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly amountFen: Fen;
  readonly at: Date;
  readonly lines: readonly (SettlementLine & { readonly feeItemId: string })[];
  readonly changes: readonly StateChange[];
}

/** A payment that is paid from its beginning: the money lay in suspense. */
export async function insertPaymentOfCase(tx: Tx, payment: PaymentOfCase): Promise<void> {
  const { id, lines, at } = payment;
  await tx.run(sql`
    insert into payment.payment (company_id, id, community_id, unit_id, state, source, channel,
      merchant_account_id, payer_key, amount_fen, created_at, expires_at, paid_at, case_id)
    values (${tx.companyId}, ${id}, ${payment.communityId}, ${payment.unitId}, 'paid', 'suspense',
      ${payment.channel}, ${payment.merchantAccountId}, ${`case:${payment.caseId}`},
      ${payment.amountFen}, ${at}, ${at}, ${at}, ${payment.caseId})`);
  await Promise.all([
    tx.run(sql`
      insert into payment.allocation (company_id, id, payment_id, bill_id, fee_item_id, amount_fen,
        settled_fen)
      select company.id, line.id, ${id}, line.bill_id, line.fee_item_id, line.amount_fen,
        line.amount_fen
      from identity.company as company
      cross join unnest(${lines.map(({ billId }) => derivedId(id, billId))}::uuid[],
        ${lines.map(({ billId }) => billId)}::uuid[],
        ${lines.map(({ feeItemId }) => feeItemId)}::uuid[],
        ${lines.map(({ amountFen }) => amountFen)}::bigint[])
        as line (id, bill_id, fee_item_id, amount_fen)
      where company.id = ${tx.companyId}`),
    tx.run(stateChangeInsert(tx, at, payment.changes)),
  ]);
}
