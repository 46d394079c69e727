import { sql } from '../../../apps/server/src/platform/database/index.ts';
import type { TestSystem } from '../../../apps/server/test/harness.ts';

/** All that the machine committed of one company, read in one statement at one instant. */
export interface Snapshot {
  readonly bills: readonly {
    readonly id: string;
    readonly account: string;
    readonly amount: number;
    readonly paid: number;
    readonly waived: number;
    readonly unit: string;
    readonly fromBalance: number;
  }[];
  readonly holds: readonly { readonly bill: string; readonly payment: string }[];
  readonly payments: readonly {
    readonly id: string;
    readonly state: 'open' | 'paid' | 'closed';
    readonly amount: number;
    readonly source: string;
    readonly topUp: number;
    readonly topUpReserved: number;
    readonly topUpRefunded: number;
  }[];
  readonly balances: readonly {
    readonly unit: string;
    readonly account: string;
    readonly balance: number;
    readonly reserved: number;
  }[];
  readonly movements: readonly {
    readonly id: string;
    readonly unit: string;
    readonly amount: number;
    readonly bill: string | null;
    readonly payment: string | null;
  }[];
  readonly lines: readonly {
    readonly payment: string;
    readonly bill: string;
    readonly amount: number;
    readonly settled: number;
    readonly reserved: number;
    readonly refunded: number;
  }[];
  readonly attempts: readonly {
    readonly payment: string;
    readonly orderNo: string;
    readonly account: string;
    readonly state: 'requested' | 'pending' | 'paid' | 'closed' | 'failed';
  }[];
  readonly transfers: readonly {
    readonly id: string;
    readonly key: string;
    readonly debit: string;
    readonly credit: string;
    readonly amount: number;
  }[];
  readonly cases: readonly {
    readonly id: string;
    readonly reason: string;
    readonly direction: 'in' | 'out';
    readonly state: 'open' | 'resolved';
    readonly left: number;
    readonly amount: number;
    readonly reserved: string | null;
  }[];
  readonly proofs: readonly {
    readonly id: string;
    readonly key: string;
    readonly source: string;
    readonly tradeNo: string;
    readonly amount: number;
  }[];
  readonly keys: readonly {
    readonly id: string;
    readonly key: string;
    readonly outcome: string;
    readonly amount: number;
  }[];
  readonly refunds: readonly {
    readonly id: string;
    readonly state: string;
    readonly kind: string;
    readonly payment: string | null;
    readonly amount: number;
    readonly by: string | null;
    readonly decided: string | null;
    readonly topUp: number;
  }[];
  readonly refundLines: readonly {
    readonly refund: string;
    readonly bill: string;
    readonly amount: number;
  }[];
  readonly refundAttempts: readonly {
    readonly refund: string;
    readonly refundNo: string;
    readonly state: string;
  }[];
  readonly refundProofs: readonly {
    readonly id: string;
    readonly key: string;
    readonly refundNo: string;
  }[];
  readonly settlements: readonly { readonly id: string; readonly state: string }[];
  readonly refundKeys: readonly {
    readonly id: string;
    readonly key: string;
    readonly outcome: string;
    readonly amount: number;
  }[];
  readonly events: readonly { readonly topic: string; readonly subject: string }[];
  /** Stored proofs of payments and refunds that wait to be booked. */
  readonly unbooked: number;
}

/** Ordered by id, which is by age: a number that a script names is the same on every replay. */
const rowsOf = (columns: string, from: string) =>
  `(select coalesce(jsonb_agg(jsonb_build_object(${columns}) order by id), '[]'::jsonb)
    from ${from})`;

/** Runs begin in November 2026 and end within months: what lies elsewhere need not be looked for. */
const days = `day >= '2026-11-01' and day < '2027-12-31'`;

/** Fields by name, in the order of `Snapshot`. Each table is limited to the company by its policy
 * and, so that its key is used, by name. */
const parts: Readonly<Record<keyof Snapshot, string>> = {
  bills: rowsOf(
    `'id', id, 'account', 'receivable:' || community_id || ':' || fee_item_id,
      'amount', amount_fen, 'paid', paid_fen, 'waived', waived_fen,
      'unit', unit_id, 'fromBalance', from_balance_fen`,
    'billing.bill where company_id = own.id',
  ),
  holds: rowsOf(`'bill', id, 'payment', payment_id`, 'billing.hold where company_id = own.id'),
  payments: rowsOf(
    `'id', id, 'state', state, 'amount', amount_fen, 'source', source, 'topUp', top_up_fen,
      'topUpReserved', top_up_reserved_fen, 'topUpRefunded', top_up_refunded_fen`,
    'payment.payment where company_id = own.id',
  ),
  balances: rowsOf(
    `'unit', id, 'account', 'prepayment:' || community_id, 'balance', balance_fen,
      'reserved', reserved_fen`,
    'prepayment.balance where company_id = own.id',
  ),
  movements: rowsOf(
    `'id', id, 'unit', unit_id, 'amount', amount_fen, 'bill', bill_id, 'payment', payment_id`,
    'prepayment.movement where company_id = own.id',
  ),
  lines: rowsOf(
    `'payment', payment_id, 'bill', bill_id, 'amount', amount_fen, 'settled', settled_fen,
      'reserved', refund_reserved_fen, 'refunded', refunded_fen`,
    'payment.allocation where company_id = own.id',
  ),
  attempts: rowsOf(
    `'payment', payment_id, 'orderNo', order_no, 'account', merchant_account_id, 'state', state`,
    'payment.attempt where company_id = own.id',
  ),
  transfers: rowsOf(
    `'id', t.id, 'key', t.key, 'debit', t.debit_code, 'credit', t.credit_code,
      'amount', t.amount_fen`,
    `ledger.pub_transfer as t where t.company_id = own.id and t.${days}`,
  ),
  cases: rowsOf(
    `'id', id, 'reason', reason, 'direction', direction, 'state', state,
      'left', amount_fen - resolved_fen, 'amount', amount_fen, 'reserved', reserved_by`,
    'payment.surplus where company_id = own.id',
  ),
  proofs: rowsOf(
    `'id', id, 'key', key_id, 'source', source, 'tradeNo', trade_no, 'amount', amount_fen`,
    `payment.proof where company_id = own.id and ${days}`,
  ),
  keys: rowsOf(
    `'id', id, 'key', key, 'outcome', outcome, 'amount', amount_fen`,
    'payment.proof_key where company_id = own.id',
  ),
  refunds: rowsOf(
    `'id', id, 'state', state, 'kind', kind, 'payment', payment_id, 'amount', amount_fen,
      'by', requested_by_id, 'decided', decided_by_id, 'topUp', top_up_fen`,
    'payment.refund where company_id = own.id',
  ),
  refundLines: rowsOf(
    `'refund', refund_id, 'bill', bill_id, 'amount', amount_fen`,
    'payment.refund_line where company_id = own.id',
  ),
  refundAttempts: rowsOf(
    `'refund', refund_id, 'refundNo', refund_no, 'state', state`,
    'payment.refund_attempt where company_id = own.id',
  ),
  refundProofs: rowsOf(
    `'id', id, 'key', key_id, 'refundNo', refund_no`,
    `payment.refund_proof where company_id = own.id and ${days}`,
  ),
  settlements: rowsOf(
    `'id', id, 'state', state`,
    'payment.case_settlement where company_id = own.id',
  ),
  refundKeys: rowsOf(
    `'id', id, 'key', key, 'outcome', outcome, 'amount', amount_fen`,
    'payment.refund_key where company_id = own.id',
  ),
  events: rowsOf(
    `'topic', topic, 'subject', coalesce(payload->>'paymentId', payload->>'surplusId')`,
    'platform.outbox where company_id = own.id',
  ),
  unbooked: `((select count(*) from payment.unbooked_proof where company_id = own.id)
    + (select count(*) from payment.unbooked_refund_proof where company_id = own.id))`,
};

const fields = Object.entries(parts).map(([name, part]) => `'${name}', ${part}`);
const statement = (companyId: string) => ({
  ...sql<{ snapshot: Snapshot }>`select`,
  text: `select jsonb_build_object(${fields.join(',\n')}) as snapshot
    from (select $1::uuid as id) as own`,
  values: [companyId],
});

export async function snapshotOf(
  { deps }: Pick<TestSystem, 'deps'>,
  companyId: string,
): Promise<Snapshot> {
  const { snapshot } = await deps.db.read(companyId, (tx) => tx.one(statement(companyId)));
  return snapshot;
}
