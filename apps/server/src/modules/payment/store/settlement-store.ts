import type { Fen } from '@wuye-pay/money';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import { type StateChange, stateChangeInsert } from './payment-store.ts';

export interface NewSettlement {
  readonly paymentId: string;
  readonly attemptId: string | null;
  readonly proofId: string;
  readonly tradeNo: string;
  /** When the payer paid, as the channel says. */
  readonly paidAt: Date;
  readonly at: Date;
  /** How we learned of it. */
  readonly reason: string;
  readonly lines: readonly { readonly billId: string; readonly settledFen: Fen }[];
  readonly changes: readonly StateChange[];
  readonly key: {
    readonly id: string;
    readonly key: string;
    readonly outcome: 'settled' | 'split';
    readonly amountFen: Fen;
    readonly surplusId: string | null;
  };
}

/**
 * Writes all that this module keeps of a settled payment, in one statement: a statement for each
 * row would cost as much as the work itself.
 * @throws Error when payment or attempt had ended
 */
export async function saveSettlement(tx: Tx, settlement: NewSettlement): Promise<void> {
  const { paymentId, attemptId, key, at, lines } = settlement;
  const { paid, ended } = await tx.one(sql<{ paid: number; ended: number }>`
    with paid as (
      update payment.payment set state = 'paid', paid_at = ${settlement.paidAt}
      where company_id = ${tx.companyId} and id = ${paymentId} and state = 'open'
      returning id
    ), settled as (
      update payment.allocation as line set settled_fen = given.settled_fen
      from unnest(${lines.map(({ billId }) => billId)}::uuid[],
        ${lines.map(({ settledFen }) => settledFen)}::bigint[]) as given (bill_id, settled_fen)
      where line.company_id = ${tx.companyId} and line.payment_id = ${paymentId}
        and line.bill_id = given.bill_id
    ), booked as (
      insert into payment.proof_key (company_id, id, key, outcome, amount_fen, payment_id,
        surplus_id, booked_at)
      values (${tx.companyId}, ${key.id}, ${key.key}, ${key.outcome}, ${key.amountFen},
        ${paymentId}, ${key.surplusId}, ${at})
    ), worked_off as (
      delete from payment.unbooked_proof
      where company_id = ${tx.companyId} and id = ${settlement.proofId} and not is_doubtful
    ), told as (${stateChangeInsert(tx, at, settlement.changes)})
    ${attemptId === null ? emptySql : attemptEnd(tx, attemptId, settlement)}
    select (select count(*) from paid) as paid,
      ${attemptId === null ? sql`1::bigint` : sql`(select count(*) from ended)`} as ended`);
  if (paid !== 1) throw new Error(`payment ${paymentId} was not open`);
  if (ended !== 1) throw new Error(`attempt ${attemptId} had ended`);
}

function attemptEnd(tx: Tx, attemptId: string, settlement: NewSettlement): Statement {
  return sql`, ended as (
      update payment.attempt set state = 'paid', ended_at = ${settlement.at},
        end_reason = ${settlement.reason}, channel_trade_no = ${settlement.tradeNo},
        next_check_at = null, claim_token = null, claimed_until = null
      where company_id = ${tx.companyId} and id = ${attemptId}
        and state in ('requested', 'pending')
      returning id
    )`;
}
