import { type Fen, fen } from '@wuye-pay/money';
import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';

export interface RefundPolicy {
  readonly id: string;
  readonly state: 'proposed' | 'active' | 'rejected' | 'ended';
  readonly secondPayment: boolean;
  readonly closedPayment: boolean;
  readonly mostFen: Fen;
  readonly reason: string;
  readonly proposedById: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedById: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
}

const columns = sql`id, state, second_payment as "secondPayment",
  closed_payment as "closedPayment", most_fen as "mostFen", reason,
  proposed_by_id as "proposedById", proposed_by as "proposedBy", proposed_at as "proposedAt",
  decided_by_id as "decidedById", decided_by as "decidedBy", decided_at as "decidedAt",
  ended_by as "endedBy", ended_at as "endedAt"`;

/** One proposal waits at a time. */
export const onePolicyProposed = 'refund_policy_proposed_key';

export async function insertPolicy(
  tx: Tx,
  policy: Pick<
    RefundPolicy,
    | 'id'
    | 'secondPayment'
    | 'closedPayment'
    | 'mostFen'
    | 'reason'
    | 'proposedById'
    | 'proposedBy'
    | 'proposedAt'
  >,
): Promise<void> {
  const p = policy;
  await tx.run(sql`
    insert into payment.refund_policy (company_id, id, second_payment, closed_payment, most_fen,
      reason, proposed_by_id, proposed_by, proposed_at)
    values (${tx.companyId}, ${p.id}, ${p.secondPayment}, ${p.closedPayment}, ${p.mostFen},
      ${p.reason}, ${p.proposedById}, ${p.proposedBy}, ${p.proposedAt})`);
}

export async function lockPolicy(tx: Tx, policyId: string): Promise<RefundPolicy | undefined> {
  const row = await tx.maybe(sql<RefundPolicy>`
    select ${columns} from payment.refund_policy
    where company_id = ${tx.companyId} and id = ${policyId}
    for update`);
  return row && { ...row, mostFen: fen(row.mostFen) };
}

export async function decidePolicy(
  tx: Tx,
  policyId: string,
  decision: {
    readonly to: 'active' | 'rejected';
    readonly by: { readonly id: string; readonly name: string };
    readonly at: Date;
  },
): Promise<void> {
  await tx.run(sql`
    update payment.refund_policy set state = ${decision.to}, decided_by_id = ${decision.by.id},
      decided_by = ${decision.by.name}, decided_at = ${decision.at}
    where company_id = ${tx.companyId} and id = ${policyId} and state = 'proposed'`);
}

/** Ends the policy itself, or, without an id, whatever is active. */
export async function endPolicy(
  tx: Tx,
  policyId: string | undefined,
  end: { readonly by: string; readonly at: Date },
): Promise<void> {
  const which = policyId === undefined ? sql`state = 'active'` : sql`id = ${policyId}`;
  await tx.run(sql`
    update payment.refund_policy set state = 'ended', ended_by = ${end.by}, ended_at = ${end.at}
    where company_id = ${tx.companyId} and ${which} and state in ('proposed', 'active')`);
}

/** Newest first. */
export async function policiesOf(tx: Tx): Promise<RefundPolicy[]> {
  const rows = await tx.many(sql<RefundPolicy>`
    select ${columns} from payment.refund_policy
    where company_id = ${tx.companyId} order by id desc limit 50`);
  return rows.map((row) => ({ ...row, mostFen: fen(row.mostFen) }));
}

/** Held until the transaction ends, so that nobody ends the policy while it is applied. */
export async function activePolicy(tx: Tx): Promise<RefundPolicy | undefined> {
  const row = await tx.maybe(sql<RefundPolicy>`
    select ${columns} from payment.refund_policy
    where company_id = ${tx.companyId} and state = 'active'
    order by id for share`);
  return row && { ...row, mostFen: fen(row.mostFen) };
}

export async function companiesWithPolicy(db: Queryable): Promise<string[]> {
  const rows = await db.many(sql<{ companyId: string }>`
    select company_id as "companyId" from payment.refund_policy where state = 'active'`);
  return rows.map(({ companyId }) => companyId);
}

/**
 * Open cases that a policy is for: a duplicate of exactly the payment's amount, or money after the
 * close; opened since the policy was approved, free, never refunded before, and not in doubt.
 */
export async function casesForPolicy(
  tx: Tx,
  policy: RefundPolicy,
  limit: number,
): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select s.id from payment.surplus as s
    join payment.payment as p on p.company_id = s.company_id and p.id = s.payment_id
    where s.company_id = ${tx.companyId} and s.state = 'open' and s.reserved_by is null
      and s.direction = 'in' and s.resolved_fen = 0 and s.opened_at >= ${policy.decidedAt}
      and s.amount_fen <= ${policy.mostFen}
      and ((${policy.secondPayment} and s.reason = 'second-payment'
          and s.amount_fen = p.amount_fen)
        or (${policy.closedPayment} and s.reason = 'closed-payment'))
      and not exists (select from payment.refund as r
        where r.company_id = s.company_id and r.case_id = s.id)
    order by s.id limit ${limit}`);
  return rows.map(({ id }) => id);
}
