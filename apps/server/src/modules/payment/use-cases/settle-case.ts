import { fen, sum, yuanText } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { type LockedBill, settleBills } from '../../billing/index.ts';
import { account, postTransfers } from '../../ledger/index.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { paymentPaid } from '../events.ts';
import {
  type CaseSettlementRow,
  caseOfSettlement,
  endSettlement,
  insertPaymentOfCase,
  insertSettlement,
  lockSettlement,
  type SettlementLine,
  settlementLines,
} from '../store/case-settlement-store.ts';
import {
  type LockedCase,
  lockCases,
  releaseCase,
  reserveCase,
  resolveCase,
} from '../store/case-store.ts';
import { lockPayment } from '../store/payment-store.ts';
import { freeCase } from './free-case.ts';
import { lockWanted } from './payable-bills.ts';

type SettleDeps = Pick<PaymentDeps, 'db' | 'clock' | 'live' | 'checkpoint'>;

export interface SettlementProposal {
  readonly actor: StaffActor;
  readonly caseId: string;
  readonly unitId: string;
  readonly lines: readonly { readonly billId: string; readonly amountFen: number }[];
  readonly note: string;
  readonly idempotencyKey: string;
}

/**
 * Proposes to settle open bills of a unit with the money of a case. The case is kept for it until
 * somebody else decides.
 * @throws CASE_NOT_FOUND, CASE_NOT_FREE, CASE_WRONG_DIRECTION, CASE_IN_DOUBT, CASE_TOO_SMALL,
 *   BILLS_NOT_PAYABLE, BILLS_OF_ANOTHER_UNIT
 */
export async function proposeSettlement(
  deps: SettleDeps,
  { actor, idempotencyKey, ...wish }: SettlementProposal,
): Promise<{ settlementId: string }> {
  const request = { ...wish, by: actor.id };
  const scope = 'payment.settle-case';
  return await deps.db.transaction(actor.companyId, (tx) =>
    once(tx, deps.clock, { scope, key: idempotencyKey, request }, async () => {
      const { locked } = await freeCase(tx, wish.caseId, 'in');
      const lines = wish.lines.map((line) => ({ ...line, amountFen: fen(line.amountFen) }));
      const amountFen = sum(lines.map((line) => line.amountFen));
      checkFits(locked, amountFen);
      await lockFitting(tx, wish.unitId, lines);
      const requestedAt = deps.clock.now();
      const id = newId(requestedAt);
      const { caseId, unitId, note } = wish;
      const by = { requestedById: actor.id, requestedBy: actor.name, requestedAt };
      await insertSettlement(tx, { id, caseId, unitId, amountFen, note, ...by }, lines);
      await reserveCase(tx, caseId, id);
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'payment.propose_settlement',
        subjectKind: 'suspense_case',
        subjectId: caseId,
        detail: { unitId, amountFen, note },
      });
      return { settlementId: id };
    }),
  );
}

/**
 * Settles the bills as proposed: a payment like any other, so that receipts and refunds know it.
 * @returns the case's id
 * @throws SETTLEMENT_NOT_FOUND, REFUND_OWN, CASE_NOT_FREE, BILLS_NOT_PAYABLE, PAYMENT_IN_PROGRESS
 */
export async function approveSettlement(
  deps: SettleDeps,
  { actor, settlementId }: { readonly actor: StaffActor; readonly settlementId: string },
): Promise<string> {
  const { companyId } = actor;
  const done = await deps.db.transaction(companyId, async (tx) => {
    const { settlement, locked } = await lockProposal(tx, settlementId);
    if (settlement.requestedById === actor.id) throw paymentErrors.REFUND_OWN();
    const lines = await settlementLines(tx, settlementId);
    const bills = await lockFitting(tx, settlement.unitId, lines);
    const paymentId = await settle(tx, deps, { settlement, locked, lines, bills, actor });
    const at = deps.clock.now();
    const by = { id: actor.id, name: actor.name };
    await endSettlement(tx, settlementId, { to: 'settled', by, at, note: null, paymentId });
    await auditDecision(tx, deps, actor, settlement, 'approve');
    reach(deps, 'case.settle.written');
    return { paymentId, caseId: settlement.caseId };
  });
  reach(deps, 'case.settle.committed');
  void deps.live.announce({ companyId, topic: 'payment.paid', id: done.paymentId });
  return done.caseId;
}

/** @returns the case's id @throws SETTLEMENT_NOT_FOUND, REFUND_OWN, REFUND_NOT_OWN, CASE_NOT_FREE */
export async function dropSettlement(
  deps: SettleDeps,
  input: {
    readonly actor: StaffActor;
    readonly settlementId: string;
    readonly to: 'rejected' | 'cancelled';
    readonly note: string | null;
  },
): Promise<string> {
  const { actor, settlementId, to, note } = input;
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const { settlement } = await lockProposal(tx, settlementId);
    const isOwn = settlement.requestedById === actor.id;
    if (to === 'rejected' && isOwn) throw paymentErrors.REFUND_OWN();
    if (to === 'cancelled' && !isOwn) throw paymentErrors.REFUND_NOT_OWN();
    const by = { id: actor.id, name: actor.name };
    const at = deps.clock.now();
    await releaseCase(tx, settlement.caseId, settlementId);
    await endSettlement(tx, settlementId, { to, by, at, note, paymentId: null });
    await auditDecision(tx, deps, actor, settlement, to === 'rejected' ? 'reject' : 'cancel');
    return settlement.caseId;
  });
}

interface Proposal {
  readonly settlement: CaseSettlementRow;
  readonly locked: LockedCase;
}

/** Locks in the one order: payment, case, proposal; the bills come after. */
async function lockProposal(tx: Tx, settlementId: string): Promise<Proposal> {
  const of = await caseOfSettlement(tx, settlementId);
  if (!of) throw paymentErrors.SETTLEMENT_NOT_FOUND();
  if (of.paymentId !== null) await lockPayment(tx, of.paymentId);
  const [locked] = await lockCases(tx, [of.caseId]);
  const settlement = await lockSettlement(tx, settlementId);
  const isOpen = settlement.state === 'requested' && locked?.reservedBy === settlementId;
  if (!isOpen) throw paymentErrors.CASE_NOT_FREE();
  return { settlement, locked };
}

export function checkFits({ leftFen }: LockedCase, amountFen: number): void {
  if (amountFen <= leftFen) return;
  throw paymentErrors.CASE_TOO_SMALL({
    values: { left: yuanText(leftFen), given: yuanText(fen(amountFen)) },
  });
}

/** The bills, locked, each with at least as much open as it is to get, and nobody paying them. */
export async function lockFitting(
  tx: Tx,
  unitId: string,
  lines: readonly SettlementLine[],
): Promise<readonly LockedBill[]> {
  const { bills, holders } = await lockWanted(tx, {
    unitId,
    billIds: lines.map(({ billId }) => billId),
  });
  if (holders.length > 0) throw paymentErrors.PAYMENT_IN_PROGRESS();
  const open = new Map(bills.map(({ id, openFen }) => [id, openFen]));
  const isMore = lines.some(({ billId, amountFen }) => amountFen > (open.get(billId) ?? 0));
  if (isMore || bills.length !== lines.length) throw paymentErrors.BILLS_NOT_PAYABLE();
  return bills;
}

interface Settling {
  readonly settlement: Pick<CaseSettlementRow, 'id' | 'unitId' | 'amountFen' | 'note'>;
  readonly locked: LockedCase;
  readonly lines: readonly SettlementLine[];
  readonly bills: readonly LockedBill[];
  readonly actor: StaffActor;
}

export async function settle(tx: Tx, deps: SettleDeps, settling: Settling): Promise<string> {
  const { settlement, locked, lines, bills, actor } = settling;
  const at = deps.clock.now();
  const id = newId(at);
  const [first] = bills;
  if (!first) throw paymentErrors.BILLS_NOT_PAYABLE();
  const items = new Map(bills.map((bill) => [bill.id, bill.feeItemId]));
  const settled = await settleBills(tx, { paymentId: id, lines });
  if (settled.some(({ restFen }) => restFen > 0)) throw paymentErrors.BILLS_NOT_PAYABLE();
  const change = { paymentId: id, attemptId: null, reason: 'suspense', actor: actor.name };
  await insertPaymentOfCase(tx, {
    id,
    caseId: locked.id,
    communityId: first.communityId,
    unitId: settlement.unitId,
    channel: locked.channel,
    merchantAccountId: locked.merchantAccountId,
    amountFen: settlement.amountFen,
    at,
    lines: lines.map((line) => ({ ...line, feeItemId: items.get(line.billId) ?? '' })),
    changes: [
      { ...change, id: newId(at), from: null, to: 'open' },
      { ...change, id: newId(at), from: 'open', to: 'paid' },
    ],
  });
  const { amountFen } = settlement;
  await resolveCase(tx, locked.id, { amountFen, at, resolution: `抵缴账单：${settlement.note}` });
  const credits = new Map<string, ReturnType<typeof transferOf>>();
  for (const bill of settled) {
    const transfer = transferOf(bill);
    const known = credits.get(transfer.credit);
    const together = fen((known?.amountFen ?? 0) + transfer.amountFen);
    credits.set(transfer.credit, { ...transfer, amountFen: together });
  }
  await postTransfers(tx, deps, {
    key: `payment.collect:case:${settlement.id}`,
    kind: 'payment.collect',
    sourceId: id,
    postedAt: at,
    transfers: [...credits.values()],
  });
  await publish(tx, deps.clock, paymentPaid(id));
  return id;
}

function transferOf(bill: Awaited<ReturnType<typeof settleBills>>[number]) {
  return {
    debit: account.suspense(),
    credit: account.receivable(bill.communityId, bill.feeItemId),
    amountFen: bill.settledFen,
  };
}

const decisions = {
  approve: 'payment.approve_settlement',
  reject: 'payment.reject_settlement',
  cancel: 'payment.cancel_settlement',
} as const;

async function auditDecision(
  tx: Tx,
  deps: SettleDeps,
  actor: StaffActor,
  { caseId, amountFen, unitId }: CaseSettlementRow,
  verb: keyof typeof decisions,
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    actor,
    action: decisions[verb],
    subjectKind: 'suspense_case',
    subjectId: caseId,
    detail: { unitId, amountFen },
  });
}
