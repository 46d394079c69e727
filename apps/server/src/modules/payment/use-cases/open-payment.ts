import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { holdBills } from '../../billing/index.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { descriptionOf } from '../domain/description.ts';
import { paymentErrors } from '../errors.ts';
import { codeLeaseMs, leaseMs, leastLeftMs } from '../limits.ts';
import { companyOf } from '../queries/companies.ts';
import type { HeldPayment } from '../queries/held-payment.ts';
import { type Attempt, attemptsOf, insertAttempt } from '../store/attempt-store.ts';
import { insertPayment, recordChanges } from '../store/payment-store.ts';
import { isLive } from './close-payment.ts';
import { type Cart, lockCart } from './lock-cart.ts';
import { accountOfCart, attemptOf } from './new-order.ts';
import type { OpenInput } from './open-input.ts';
import { HeldByOthers } from './payable-bills.ts';

export type Opened =
  /** Recorded and committed; the channel is to be told. `isNew` is false for the same payer again. */
  | { readonly kind: 'order'; readonly attempt: Attempt; readonly isNew: boolean }
  /** Other payments hold bills: they must end first. */
  | { readonly kind: 'held'; readonly paymentIds: readonly string[] };

/** Freezes the amounts and holds the bills, or finds who holds them. One transaction. */
export async function openPayment(deps: PaymentDeps, input: OpenInput): Promise<Opened> {
  try {
    const opened = await deps.db.transaction(input.companyId, (tx) => openOnce(tx, deps, input));
    if (opened.isNew) reach(deps, 'payment.open.recorded');
    return { kind: 'order', ...opened };
  } catch (error) {
    if (error instanceof HeldByOthers) return { kind: 'held', paymentIds: error.paymentIds };
    throw error;
  }
}

interface Order {
  readonly attempt: Attempt;
  readonly isNew: boolean;
}

async function openOnce(tx: Tx, deps: PaymentDeps, input: OpenInput): Promise<Order> {
  const { idempotencyKey, payer, product, unitId, furtherUnitIds = [] } = input;
  if (idempotencyKey === undefined) return await openOrder(tx, deps, input);
  const request = {
    unitIds: [unitId, ...furtherUnitIds],
    billIds: [...new Set(input.billIds)].sort(),
    parts: Object.fromEntries(input.partsFen ?? []),
    topUpFen: input.topUpFen ?? 0,
    amountFen: input.amountFen ?? null,
    way: `${payer.channel}.${product}`,
  };
  let opened: Order | undefined;
  const key = `${payer.key}/${idempotencyKey}`;
  const { paymentId } = await once(
    tx,
    deps.clock,
    { scope: 'payment.open', key, request },
    async () => {
      opened = await openOrder(tx, deps, input);
      return { paymentId: opened.attempt.paymentId };
    },
  );
  if (opened) return opened;
  const attempt = (await attemptsOf(tx, paymentId)).at(-1);
  if (!attempt) throw new Error(`payment ${paymentId} has no order`);
  return { attempt, isNew: false };
}

async function openOrder(tx: Tx, deps: PaymentDeps, input: OpenInput): Promise<Order> {
  const cart = await lockCart(tx, input);
  if (cart.holders.length === 0) {
    return { isNew: true, attempt: await create(tx, deps, input, cart) };
  }
  const same = await sameAgain(tx, deps, input, cart);
  if (same) return { isNew: false, attempt: same };
  throw new HeldByOthers(cart.holders);
}

/** The attempt that this payer already has for the very same cart, if it can still be used. */
async function sameAgain(
  tx: Tx,
  deps: PaymentDeps,
  input: OpenInput,
  { lines, holders: [holder, ...others] }: Cart,
): Promise<Attempt | undefined> {
  if (!holder || others.length > 0 || holder.payerKey !== input.payer.key) return undefined;
  if (holder.expiresAt.getTime() - deps.clock.now().getTime() < leastLeftMs) return undefined;
  if (textOf(lines) !== textOf(holder.lines)) return undefined;
  const attempts = await attemptsOf(tx, holder.id);
  return attempts.find(
    (attempt) =>
      isLive(attempt) &&
      attempt.channel === input.payer.channel &&
      attempt.product === input.product &&
      attempt.payerOpenId === (input.payer.openId ?? null),
  );
}

/** Both are in key order. */
function textOf(lines: HeldPayment['lines']): string {
  return lines.map(({ billId, amountFen }) => `${billId} ${amountFen}`).join();
}

async function create(tx: Tx, deps: PaymentDeps, input: OpenInput, cart: Cart): Promise<Attempt> {
  const createdAt = deps.clock.now();
  const [company, account] = await Promise.all([
    companyOf(tx),
    accountOfCart(tx, deps, input, { ...cart, createdAt }),
  ]);
  const [unit, ...furtherUnits] = cart.units;
  if (!unit) throw paymentErrors.BILLS_OF_ANOTHER_UNIT();
  const lease = input.product === 'code' ? codeLeaseMs : leaseMs;
  const expiresAt = new Date(createdAt.getTime() + lease);
  const paymentId = newId(createdAt);
  const { lines, amountFen, topUpFen } = cart;
  const attempt = attemptOf(input, {
    paymentId,
    account,
    description: descriptionOf({
      ...unit,
      homes: cart.units.length,
      feeItems: cart.bills.map((bill) => bill.feeItemName),
      isTopUp: topUpFen > 0,
    }),
    amountFen,
    shortCode: company.shortCode,
    times: { requestedAt: createdAt, expiresAt },
  });
  const payment = {
    id: paymentId,
    communityId: unit.communityId,
    unitId: unit.unitId,
    furtherUnits,
    source: input.source,
    channel: input.payer.channel,
    merchantAccountId: account.id,
    payerKey: input.payer.key,
    amountFen,
    topUpFen,
    createdAt,
    expiresAt,
  };
  await insertPayment(tx, payment, lines);
  const change = { paymentId, from: null, reason: 'opened', actor: input.source };
  const billIds = lines.map(({ billId }) => billId);
  await Promise.all([
    insertAttempt(tx, attempt),
    holdBills(tx, { paymentId, billIds, heldAt: createdAt, leaseUntil: expiresAt }),
    recordChanges(tx, createdAt, [
      { ...change, id: newId(createdAt), attemptId: null, to: 'open' },
      { ...change, id: newId(createdAt), attemptId: attempt.id, to: 'requested' },
    ]),
  ]);
  await input.alongside?.(tx, { paymentId, amountFen });
  return { ...attempt, state: 'requested', instructions: null, channelTradeNo: null };
}
