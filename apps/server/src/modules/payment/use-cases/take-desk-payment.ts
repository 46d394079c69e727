import type { DeskMethod } from '@wuye-pay/contract';
import { type Fen, fen } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Problem } from '../../../platform/errors.ts';
import { newId, orderNoOf } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import type { Proof } from '../domain/proof.ts';
import { paymentErrors } from '../errors.ts';
import { maxRounds } from '../limits.ts';
import { proofOf, tradeKey, utcDayOf } from '../proof-key.ts';
import { companyOf } from '../queries/companies.ts';
import { exactlyOnce } from '../store/booking-store.ts';
import { insertPayment, type NewPayment, recordChanges } from '../store/payment-store.ts';
import { insertProof } from '../store/proof-store.ts';
import { type Cart, type CartWish, lockCart } from './lock-cart.ts';
import { HeldByOthers } from './payable-bills.ts';
import { settleProof } from './settle-proof.ts';
import { takeOver } from './take-over.ts';

export interface DeskInput {
  readonly actor: StaffActor;
  readonly unitId: string;
  readonly billIds: readonly string[];
  /** Instead of bills: to be paid ahead for the unit. */
  readonly topUpFen?: number | undefined;
  readonly method: DeskMethod;
  /** Of a cheque or a POS slip: taken once. */
  readonly voucherNo?: string | undefined;
  /** The bank that a cheque is drawn on. */
  readonly drawnOn?: string | undefined;
  /** What was taken from the payer. */
  readonly amountFen: number;
  readonly idempotencyKey: string;
}

export interface DeskPayment {
  readonly paymentId: string;
  readonly amountFen: Fen;
  /** RFC 3339: the answer is stored and given again word for word. */
  readonly paidAt: string;
}

/**
 * Takes cash, a cheque or a POS slip for whole bills of one unit, or to be paid ahead. The same
 * key gives the first answer again. Payments in progress are ended first, by query and close at the
 * channel.
 * @throws BILLS_NOT_PAYABLE, BILLS_JUST_PAID, PAYMENT_IN_PROGRESS, DESK_AMOUNT_DIFFERS,
 *   VOUCHER_MISSING, VOUCHER_USED, TOP_UP_ALONE, IDEMPOTENCY_KEY_REUSED
 */
export async function takeDeskPayment(
  inputDeps: PaymentInputDeps,
  input: DeskInput,
): Promise<DeskPayment> {
  const deps = withChannels(inputDeps);
  const { companyId } = input.actor;
  for (let round = 1; round <= maxRounds; round += 1) {
    const done = await takeOnce(deps, input);
    if (!(done instanceof HeldByOthers)) {
      reach(deps, 'payment.desk.committed');
      void deps.live.announce({ companyId, topic: 'payment.paid', id: done.paymentId });
      return done;
    }
    const by = { key: `desk:${input.actor.id}`, isDesk: true, actor: input.actor.name };
    await takeOver(deps, { companyId, paymentIds: done.paymentIds, by });
  }
  throw paymentErrors.PAYMENT_IN_PROGRESS();
}

async function takeOnce(deps: PaymentDeps, input: DeskInput): Promise<DeskPayment | HeldByOthers> {
  const { actor, idempotencyKey, unitId, method, amountFen, voucherNo, drawnOn } = input;
  const billIds = [...new Set(input.billIds)].sort();
  // As it was before there were vouchers, so that a retry over an upgrade is the same request.
  const voucher = voucherNo === undefined ? {} : { voucherNo, drawnOn };
  const ahead = input.topUpFen === undefined ? {} : { topUpFen: input.topUpFen };
  const request = { unitId, billIds, method, amountFen, ...voucher, ...ahead };
  try {
    return await deps.db.transaction(actor.companyId, (tx) =>
      once(tx, deps.clock, { scope: 'payment.desk', key: idempotencyKey, request }, async () => {
        const cart = await lockCart(tx, wishOf(input));
        if (cart.holders.length > 0) throw new HeldByOthers(cart.holders);
        checkVoucher(input);
        return await collect(tx, deps, input, cart);
      }),
    );
  } catch (error) {
    if (error instanceof HeldByOthers) return error;
    if (violatedConstraint(error) !== exactlyOnce) throw error;
    throw paymentErrors.VOUCHER_USED({ cause: error, values: { no: voucherNo ?? '' } });
  }
}

function wishOf({ actor, unitId, billIds, topUpFen, amountFen }: DeskInput): CartWish {
  return {
    unitId,
    billIds,
    ...(topUpFen !== undefined && { topUpFen: fen(topUpFen) }),
    amountFen,
    source: 'desk',
    payer: { key: `desk:${actor.id}` },
  };
}

function checkVoucher({ method, voucherNo, drawnOn }: DeskInput): void {
  const problems: Problem[] = [];
  if (method !== 'cash' && !voucherNo) {
    const reason = method === 'pos' ? '请填写 POS 签购单上的参考号' : '请填写支票号码';
    problems.push({ field: 'voucherNo', reason });
  }
  if (method === 'cheque' && !drawnOn) {
    problems.push({ field: 'drawnOn', reason: '请填写支票的付款银行' });
  }
  if (problems.length > 0) throw paymentErrors.VOUCHER_MISSING({ problems });
}

/** What the audit log calls each way. */
const takings = {
  cash: 'payment.take_cash',
  cheque: 'payment.take_cheque',
  pos: 'payment.take_pos',
} as const;

/** The desk is its own proof: stored, booked and committed together. */
async function collect(
  tx: Tx,
  deps: PaymentDeps,
  input: DeskInput,
  cart: Cart,
): Promise<DeskPayment> {
  const { actor } = input;
  const { shortCode } = await companyOf(tx);
  const now = deps.clock.now();
  const { lines, amountFen, topUpFen } = cart;
  const payment = paymentOf(input, cart, now);
  const proof = deskProof(tx, payment, input, orderNoOf(shortCode, payment.id));
  const opened = { paymentId: payment.id, from: null, to: 'open', reason: 'desk' };
  await Promise.all([
    insertPayment(tx, payment, lines),
    insertProof(tx, proof, now),
    recordChanges(tx, now, [{ ...opened, id: newId(now), attemptId: null, actor: actor.name }]),
    recordAudit(tx, deps.clock, {
      actor,
      action: takings[input.method],
      subjectKind: 'payment',
      subjectId: payment.id,
      detail: { unitId: input.unitId, amountFen, bills: lines.length },
    }),
  ]);
  await settleProof(tx, deps, {
    proof,
    lines,
    key: tradeKey(proof),
    payment: { ...payment, topUpFen, state: 'open' },
    attempt: undefined,
    booked: undefined,
    actor: actor.name,
  });
  reach(deps, 'payment.desk.written');
  return { paymentId: payment.id, amountFen, paidAt: now.toISOString() };
}

function paymentOf(
  { actor, unitId, method }: DeskInput,
  { units: [unit], amountFen, topUpFen }: Cart,
  now: Date,
): NewPayment {
  if (!unit) throw paymentErrors.BILLS_NOT_PAYABLE();
  return {
    id: newId(now),
    communityId: unit.communityId,
    unitId,
    source: 'desk',
    channel: method,
    merchantAccountId: null,
    payerKey: `desk:${actor.id}`,
    amountFen,
    topUpFen,
    createdAt: now,
    expiresAt: now,
  };
}

/**
 * Cash has no number of a channel; ours serves as both. The number of a cheque or a slip is the
 * exactly-once key, so that it is taken once in a company.
 */
function deskProof(tx: Tx, payment: NewPayment, input: DeskInput, orderNo: string): Proof {
  const { actor, method, voucherNo, drawnOn } = input;
  const { amountFen, createdAt: paidAt } = payment;
  const evidence = {
    source: 'desk',
    channel: method,
    merchantAccountId: null,
    orderNo,
    tradeNo: voucherNo === undefined ? orderNo : slipNoOf(voucherNo, drawnOn),
    amountFen,
    currency: 'CNY',
    paidAt,
    body: JSON.stringify({ takenBy: actor.name, staffId: actor.id, amountFen, voucherNo, drawnOn }),
  } as const;
  return proofOf(tx.companyId, evidence, utcDayOf(paidAt));
}

/** One number for one slip, however it is written: hyphens, capitals and blanks tell nothing. */
function slipNoOf(voucherNo: string, drawnOn = ''): string {
  const no = voucherNo.replaceAll('-', '').toUpperCase();
  const bank = drawnOn.normalize('NFKC').replaceAll(/\s/g, '');
  return [bank, no].filter(Boolean).join('/');
}
