import type { Fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import { newId, orderNoOf } from '../../../platform/id.ts';
import { holdBills } from '../../billing/index.ts';
import type { MerchantAccount, Product } from '../../channels/index.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { descriptionOf } from '../domain/description.ts';
import { nextCheckAt } from '../domain/schedule.ts';
import { paymentErrors } from '../errors.ts';
import { codeLeaseMs, leaseMs, leastLeftMs } from '../limits.ts';
import { companyOf } from '../queries/companies.ts';
import { type HeldPayment, unitOf } from '../queries/held-payment.ts';
import {
  type Attempt,
  attemptsOf,
  type Device,
  insertAttempt,
  type NewAttempt,
} from '../store/attempt-store.ts';
import { insertPayment, recordChanges } from '../store/payment-store.ts';
import { isLive } from './close-payment.ts';
import { checkAmount, lockWanted, type Payable } from './payable-bills.ts';

export interface OpenInput {
  readonly companyId: string;
  readonly unitId: string;
  readonly billIds: readonly string[];
  /** What somebody told the payer: bills that come to another amount meanwhile are refused. */
  readonly amountFen?: number;
  readonly payer: {
    /** By which the money comes. */
    readonly channel: string;
    /** The payer's id at the channel's app; `jsapi` and `mini-program` need it. */
    readonly openId?: string;
    /** The app at which `openId` is good. */
    readonly appId?: string;
    /** Tells payers apart: the same key is the same payer. */
    readonly key: string;
    /** Whose takeovers are counted, where anybody can call themselves by a new key. */
    readonly limitKey?: string;
  };
  readonly product: Product;
  readonly source: 'cashier' | 'desk' | 'autopay';
  /** What the payer's wallet showed to the desk, for `code`; never stored. */
  readonly authCode?: string;
  /** Ours, for `debit`. */
  readonly mandateNo?: string;
  /** The account with which the mandate is: bills that go elsewhere by now are not debited. */
  readonly merchantAccountId?: string;
  /** The caller's part of the transaction that records the payment; what it throws undoes both. */
  readonly alongside?: (
    tx: Tx,
    opened: { readonly paymentId: string; readonly amountFen: Fen },
  ) => Promise<void>;
  readonly payerIp?: string;
  /** Where a browser comes back to from the channel's pages. */
  readonly returnUrlOf?: (paymentId: string) => string;
}

export type Opened =
  /** Recorded and committed; the channel is to be told. `isNew` is false for the same payer again. */
  | { readonly kind: 'order'; readonly attempt: Attempt; readonly isNew: boolean }
  /** Other payments hold bills: they must end first. */
  | { readonly kind: 'held'; readonly paymentIds: readonly string[] };

/** Freezes the amounts and holds the bills, or finds who holds them. One transaction. */
export async function openPayment(deps: PaymentDeps, input: OpenInput): Promise<Opened> {
  const opened = await deps.db.transaction(input.companyId, async (tx): Promise<Opened> => {
    const payable = await lockWanted(tx, input);
    const { holders } = payable;
    if (input.amountFen !== undefined) checkAmount(payable, input.amountFen);
    if (holders.length === 0) {
      return { kind: 'order', isNew: true, attempt: await create(tx, deps, input, payable) };
    }
    const same = await sameAgain(tx, deps, input, holders);
    if (same) return { kind: 'order', isNew: false, attempt: same };
    return { kind: 'held', paymentIds: holders.map(({ id }) => id) };
  });
  if (opened.kind === 'order' && opened.isNew) reach(deps, 'payment.open.recorded');
  return opened;
}

/** The attempt that this payer already has for the very same bills, if it can still be used. */
async function sameAgain(
  tx: Tx,
  deps: PaymentDeps,
  input: OpenInput,
  [holder, ...others]: readonly HeldPayment[],
): Promise<Attempt | undefined> {
  if (!holder || others.length > 0 || holder.payerKey !== input.payer.key) return undefined;
  if (holder.expiresAt.getTime() - deps.clock.now().getTime() < leastLeftMs) return undefined;
  const wanted = [...new Set(input.billIds)].sort();
  if (wanted.join() !== holder.billIds.join()) return undefined;
  const attempts = await attemptsOf(tx, holder.id);
  return attempts.find(
    (attempt) =>
      isLive(attempt) &&
      attempt.channel === input.payer.channel &&
      attempt.product === input.product &&
      attempt.payerOpenId === (input.payer.openId ?? null),
  );
}

async function create(
  tx: Tx,
  deps: PaymentDeps,
  input: OpenInput,
  payable: Payable,
): Promise<Attempt> {
  const createdAt = deps.clock.now();
  const [company, unit, account] = await Promise.all([
    companyOf(tx),
    unitOf(tx, input.unitId),
    accountFor(tx, deps, input, { ...payable, createdAt }),
  ]);
  if (!unit) throw paymentErrors.BILLS_OF_ANOTHER_UNIT();
  const lease = input.product === 'code' ? codeLeaseMs : leaseMs;
  const expiresAt = new Date(createdAt.getTime() + lease);
  const paymentId = newId(createdAt);
  const billIds = payable.bills.map(({ id }) => id);
  const description = descriptionOf({ ...unit, feeItems: payable.bills.map((b) => b.feeItemName) });
  const attempt = attemptOf(input, {
    paymentId,
    account,
    description,
    amountFen: payable.amountFen,
    shortCode: company.shortCode,
    times: { requestedAt: createdAt, expiresAt },
  });
  await insertPayment(
    tx,
    {
      id: paymentId,
      communityId: unit.communityId,
      unitId: input.unitId,
      source: input.source,
      channel: input.payer.channel,
      merchantAccountId: account.id,
      payerKey: input.payer.key,
      amountFen: payable.amountFen,
      createdAt,
      expiresAt,
    },
    payable.bills.map(({ id, feeItemId, openFen }) => ({
      billId: id,
      feeItemId,
      amountFen: openFen,
    })),
  );
  const change = { paymentId, from: null, reason: 'opened', actor: input.source };
  await Promise.all([
    insertAttempt(tx, attempt),
    holdBills(tx, { paymentId, billIds, heldAt: createdAt, leaseUntil: expiresAt }),
    recordChanges(tx, createdAt, [
      { ...change, id: newId(createdAt), attemptId: null, to: 'open' },
      { ...change, id: newId(createdAt), attemptId: attempt.id, to: 'requested' },
    ]),
  ]);
  await input.alongside?.(tx, { paymentId, amountFen: payable.amountFen });
  return { ...attempt, state: 'requested', instructions: null, channelTradeNo: null };
}

/** Money of one payment never mixes merchant accounts. */
async function accountFor(
  tx: Tx,
  deps: PaymentDeps,
  { payer, product, merchantAccountId }: OpenInput,
  { bills, createdAt }: Payable & { readonly createdAt: Date },
): Promise<MerchantAccount> {
  const communityId = bills[0]?.communityId;
  if (!communityId) throw paymentErrors.BILLS_NOT_PAYABLE();
  const feeItemIds = [...new Set(bills.map(({ feeItemId }) => feeItemId))];
  const routes = await deps.channels.routeFeeItems(tx, {
    communityId,
    feeItemIds,
    ways: [{ channel: payer.channel, product }],
    appId: payer.appId,
    attemptAt: createdAt,
  });
  const accounts = new Map(
    feeItemIds.map((feeItemId) => {
      const account = routes.get(feeItemId)?.account;
      if (!account) throw paymentErrors.CHANNEL_NOT_CONFIGURED();
      return [account.id, account];
    }),
  );
  const [account, ...others] = accounts.values();
  if (!account || others.length > 0) throw paymentErrors.BILLS_OF_TWO_ACCOUNTS();
  if (merchantAccountId !== undefined && merchantAccountId !== account.id) {
    throw paymentErrors.BILLS_OF_TWO_ACCOUNTS();
  }
  return account;
}

interface Basis {
  readonly paymentId: string;
  readonly account: MerchantAccount;
  readonly description: string;
  readonly amountFen: Payable['amountFen'];
  readonly shortCode: string;
  readonly times: { readonly requestedAt: Date; readonly expiresAt: Date };
}

function attemptOf(input: OpenInput, basis: Basis): NewAttempt {
  const { product, payer } = input;
  const { times, account, shortCode, paymentId, description, amountFen } = basis;
  const id = newId(times.requestedAt);
  return {
    id,
    paymentId,
    orderNo: orderNoOf(shortCode, id),
    channel: account.channel,
    product,
    merchantAccountId: account.id,
    amountFen,
    description,
    payerOpenId: payer.openId ?? null,
    device: deviceOf(input, paymentId),
    ...times,
    nextCheckAt: nextCheckAt({ ...times, product }, times.requestedAt),
  };
}

function deviceOf(
  { payerIp, mandateNo, returnUrlOf }: OpenInput,
  paymentId: string,
): Device | null {
  const told = {
    ...(payerIp !== undefined && { payerIp }),
    ...(mandateNo !== undefined && { mandateNo }),
    ...(returnUrlOf && { returnUrl: returnUrlOf(paymentId) }),
  };
  return Object.keys(told).length > 0 ? told : null;
}
