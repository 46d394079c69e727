import type { CaseSettlement } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { settlementActions } from '../domain/case-actions.ts';
import { instants } from './instants.ts';

type Line = CaseSettlement['lines'][number];
type Row = Omit<CaseSettlement, 'requestedAt' | 'decidedAt' | 'lines' | 'allowedActions'> & {
  readonly requestedById: string;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
};

/** What was proposed to settle with the money of a case, oldest first. */
export async function settlementsOf(
  tx: Tx,
  caseId: string,
  reader: StaffActor,
): Promise<CaseSettlement[]> {
  const [rows, lines] = await Promise.all([
    tx.many(sql<Row>`
      select p.id, p.state, p.unit_id as "unitId", unit.label as "unitLabel",
        p.amount_fen as "amountFen", p.note, p.payment_id as "paymentId",
        p.requested_by_id as "requestedById", p.requested_by as "requestedBy",
        p.requested_at as "requestedAt", p.decided_by as "decidedBy",
        p.decided_at as "decidedAt", p.decision_note as "decisionNote"
      from payment.case_settlement as p
      join estate.pub_unit as unit on unit.company_id = p.company_id and unit.id = p.unit_id
      where p.company_id = ${tx.companyId} and p.case_id = ${caseId}
      order by p.id limit 100`),
    linesOfCase(tx, caseId),
  ]);
  return rows.map(({ requestedById, ...row }) => ({
    ...instants(row, ['requestedAt', 'decidedAt']),
    lines: lines
      .filter(({ settlementId }) => settlementId === row.id)
      .map(({ settlementId: _of, ...line }) => line),
    allowedActions: settlementActions(
      { state: row.state, isOwn: requestedById === reader.id },
      (permission) => reader.permissions.has(permission),
    ),
  }));
}

function linesOfCase(tx: Tx, caseId: string): Promise<(Line & { settlementId: string })[]> {
  return tx.many(sql<Line & { settlementId: string }>`
    select line.settlement_id as "settlementId", line.bill_id as "billId",
      item.name as "feeItemName", bill.month, line.amount_fen as "amountFen",
      bill.amount_fen - bill.paid_fen - bill.waived_fen as "openFen"
    from payment.case_settlement as p
    join payment.case_settlement_line as line on line.company_id = p.company_id
      and line.settlement_id = p.id
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    join charging.pub_fee_item as item on item.company_id = line.company_id
      and item.id = bill.fee_item_id
    where p.company_id = ${tx.companyId} and p.case_id = ${caseId}
    order by bill.period_start, line.bill_id limit 2000`);
}
