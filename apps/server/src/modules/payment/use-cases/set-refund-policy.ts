import type { RefundPolicyView } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { PaymentDeps } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { instants } from '../queries/instants.ts';
import {
  decidePolicy,
  endPolicy,
  insertPolicy,
  lockPolicy,
  onePolicyProposed,
  policiesOf,
  type RefundPolicy,
} from '../store/refund-policy-store.ts';

type PolicyDeps = Pick<PaymentDeps, 'db' | 'clock'>;

export interface PolicyProposal {
  readonly actor: StaffActor;
  readonly secondPayment: boolean;
  readonly closedPayment: boolean;
  readonly mostFen: number;
  readonly reason: string;
}

/** Proposes what the system may refund by itself. @throws POLICY_EMPTY, POLICY_EXISTS */
export async function proposePolicy(
  deps: PolicyDeps,
  { actor, ...proposal }: PolicyProposal,
): Promise<RefundPolicyView> {
  if (!proposal.secondPayment && !proposal.closedPayment) throw paymentErrors.POLICY_EMPTY();
  try {
    return await deps.db.transaction(actor.companyId, async (tx) => {
      const proposedAt = deps.clock.now();
      const id = newId(proposedAt);
      const by = { proposedById: actor.id, proposedBy: actor.name, proposedAt };
      await insertPolicy(tx, { ...proposal, ...by, id, mostFen: fen(proposal.mostFen) });
      await audit(tx, deps, actor, { id, verb: 'propose', detail: proposal });
      return await viewOf(tx, id, actor);
    });
  } catch (error) {
    if (violatedConstraint(error) !== onePolicyProposed) throw error;
    throw paymentErrors.POLICY_EXISTS({ cause: error });
  }
}

/**
 * Approves or rejects a proposal, as another person than who made it; an approved one takes the
 * place of the active one. @throws POLICY_NOT_FOUND, REFUND_OWN
 */
export async function decideOnPolicy(
  deps: PolicyDeps,
  input: {
    readonly actor: StaffActor;
    readonly policyId: string;
    readonly to: 'active' | 'rejected';
  },
): Promise<RefundPolicyView> {
  const { actor, policyId, to } = input;
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const policy = await lockPolicy(tx, policyId);
    if (policy?.state !== 'proposed') throw paymentErrors.POLICY_NOT_FOUND();
    if (policy.proposedById === actor.id) throw paymentErrors.REFUND_OWN();
    const at = deps.clock.now();
    if (to === 'active') await endPolicy(tx, undefined, { by: actor.name, at });
    await decidePolicy(tx, policyId, { to, by: { id: actor.id, name: actor.name }, at });
    const verb = to === 'active' ? 'approve' : 'reject';
    await audit(tx, deps, actor, { id: policyId, verb, detail: {} });
    return await viewOf(tx, policyId, actor);
  });
}

/** Stops a policy or takes a proposal back: to stop, one person is enough. @throws POLICY_NOT_FOUND */
export async function stopPolicy(
  deps: PolicyDeps,
  { actor, policyId }: { readonly actor: StaffActor; readonly policyId: string },
): Promise<RefundPolicyView> {
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const policy = await lockPolicy(tx, policyId);
    const isOn = policy?.state === 'proposed' || policy?.state === 'active';
    if (!isOn) throw paymentErrors.POLICY_NOT_FOUND();
    await endPolicy(tx, policyId, { by: actor.name, at: deps.clock.now() });
    await audit(tx, deps, actor, { id: policyId, verb: 'end', detail: {} });
    return await viewOf(tx, policyId, actor);
  });
}

export async function showPolicies(
  deps: PolicyDeps,
  actor: StaffActor,
): Promise<{ items: RefundPolicyView[] }> {
  const policies = await deps.db.read(actor.companyId, policiesOf);
  return { items: policies.map((policy) => policyView(policy, actor)) };
}

async function viewOf(tx: Tx, id: string, actor: StaffActor): Promise<RefundPolicyView> {
  const policy = await lockPolicy(tx, id);
  if (!policy) throw paymentErrors.POLICY_NOT_FOUND();
  return policyView(policy, actor);
}

function policyView(policy: RefundPolicy, actor: StaffActor): RefundPolicyView {
  const { proposedById, decidedById: _decider, ...rest } = policy;
  return {
    ...instants(rest, ['proposedAt', 'decidedAt', 'endedAt']),
    isOwn: proposedById === actor.id,
  };
}

const actions = {
  propose: 'payment.propose_refund_policy',
  approve: 'payment.approve_refund_policy',
  reject: 'payment.reject_refund_policy',
  end: 'payment.end_refund_policy',
} as const;

async function audit(
  tx: Tx,
  deps: PolicyDeps,
  actor: StaffActor,
  done: { readonly id: string; readonly verb: keyof typeof actions; readonly detail: object },
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    actor,
    action: actions[done.verb],
    subjectKind: 'refund_policy',
    subjectId: done.id,
    detail: { ...done.detail },
  });
}
