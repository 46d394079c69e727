import { fen } from '@wuye-pay/money';
import type { Actor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId, orderNoOf } from '../../../platform/id.ts';
import { account } from '../../ledger/index.ts';
import { type PaymentInputDeps, withChannels } from '../deps.ts';
import { proofOfTransfer, type Transfer, transferKey } from '../domain/transfer.ts';
import { paymentErrors } from '../errors.ts';
import { keyIdOf, utcDayOf } from '../proof-key.ts';
import { companyOf } from '../queries/companies.ts';
import { insertPayment, recordChanges } from '../store/payment-store.ts';
import { insertProof } from '../store/proof-store.ts';
import { lockWanted, type Payable } from './payable-bills.ts';
import { settleProof } from './settle-proof.ts';
import type { BookDeps, Booking } from './situation.ts';
import { takeOver } from './take-over.ts';

export interface TransferInput {
  readonly transfer: Transfer;
  readonly unitId: string;
  /** Settled whole; what the money does not reach to is refused, what it exceeds is suspense. */
  readonly billIds: readonly string[];
  readonly actor: Actor;
}

/** Bills that somebody is paying at this moment: nothing is written, `releaseBills` comes first. */
export class BillsHeld extends Error {
  override name = 'BillsHeld';
  readonly paymentIds: readonly string[];

  constructor(paymentIds: readonly string[]) {
    super('other payments hold the bills');
    this.paymentIds = paymentIds;
  }
}

/**
 * Settles whole bills of one unit with a transfer that the bank's statement reports; the rest of
 * it goes to suspense and names the unit. Joins the caller's transaction, in which the entry of
 * the statement is written: both happen once.
 * @throws BillsHeld, BILLS_NOT_PAYABLE, BILLS_OF_ANOTHER_UNIT, TOO_MANY_BILLS
 */
export async function settleTransfer(
  tx: Tx,
  deps: BookDeps,
  input: TransferInput,
): Promise<Booking> {
  const { transfer, actor } = input;
  const payable = await lockWanted(tx, input);
  if (payable.holders.length > 0) throw new BillsHeld(payable.holders.map(({ id }) => id));
  const remainderFen = fen(transfer.amountFen - payable.amountFen);
  if (remainderFen < 0) throw new Error(`transfer ${transfer.entryId} does not reach so far`);
  const payment = await openPayment(tx, deps, input, payable);
  const key = transferKey(transfer);
  // As at the desk: the page of the payment finds its evidence by its own number.
  const { shortCode } = await companyOf(tx);
  const named = { ...transfer, orderNo: orderNoOf(shortCode, payment.id) };
  const proof = proofOfTransfer(named, {
    day: utcDayOf(payment.createdAt),
    keyId: keyIdOf(tx.companyId, key),
  });
  const { lines } = payable;
  await insertProof(tx, proof, payment.createdAt);
  return await settleProof(tx, deps, {
    proof,
    lines,
    key,
    payment: { ...payment, topUpFen: fen(0), state: 'open' },
    attempt: undefined,
    booked: undefined,
    moneyAccount: account.bank(transfer.bankAccountId),
    remainderFen,
    actor: actor.name,
  });
}

/**
 * Ends the payments that hold bills, as the desk does: asks the channel, closes there, then here.
 * Outside any transaction.
 * @throws PAYMENT_IN_PROGRESS without a clear answer
 */
export async function releaseBills(
  deps: PaymentInputDeps,
  held: {
    readonly companyId: string;
    readonly paymentIds: readonly string[];
    readonly actor: Actor;
  },
): Promise<void> {
  const { companyId, paymentIds, actor } = held;
  const by = { key: `transfer:${actor.id}`, isDesk: true, actor: actor.name };
  await takeOver(withChannels(deps), { companyId, paymentIds, by });
}

async function openPayment(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { transfer, unitId, actor }: TransferInput,
  payable: Payable,
) {
  const [first] = payable.bills;
  if (!first) throw paymentErrors.BILLS_NOT_PAYABLE();
  const now = deps.clock.now();
  const payment = {
    id: newId(now),
    communityId: first.communityId,
    unitId,
    source: 'transfer',
    channel: 'bank-transfer',
    merchantAccountId: null,
    payerKey: `transfer:${transfer.bankAccountId}`,
    amountFen: transfer.amountFen,
    createdAt: now,
    expiresAt: now,
  } as const;
  const opened = { paymentId: payment.id, from: null, to: 'open', reason: 'transfer' };
  await Promise.all([
    insertPayment(tx, payment, payable.lines),
    recordChanges(tx, now, [{ ...opened, id: newId(now), attemptId: null, actor: actor.name }]),
  ]);
  return payment;
}
