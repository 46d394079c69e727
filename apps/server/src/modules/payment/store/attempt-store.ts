import type { Fen } from '@wuye-pay/money';
import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import type { PayInstructions, Product } from '../../channels/index.ts';
import { claimBatch } from '../limits.ts';

/** Channels' codes have up to 64 letters, their words up to 256. */
const maxFailureCode = 300;

export type AttemptState = 'requested' | 'pending' | 'paid' | 'closed' | 'failed';

/** What a browser's order says besides, kept because it may have to be placed again. */
export interface Device {
  readonly payerIp?: string;
  readonly returnUrl?: string;
  /** Of a debit. */
  readonly mandateNo?: string;
}

export interface NewAttempt {
  readonly id: string;
  readonly paymentId: string;
  readonly orderNo: string;
  readonly channel: string;
  readonly product: Product;
  readonly merchantAccountId: string;
  readonly amountFen: Fen;
  readonly description: string;
  readonly payerOpenId: string | null;
  readonly device: Device | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly nextCheckAt: Date;
}

export interface Attempt extends NewAttempt {
  readonly state: AttemptState;
  readonly instructions: PayInstructions | null;
  /** The channel's own number, once it told. */
  readonly channelTradeNo: string | null;
}

const columns = sql`id, payment_id as "paymentId", order_no as "orderNo", channel, product,
  merchant_account_id as "merchantAccountId", state, amount_fen as "amountFen", description,
  payer_open_id as "payerOpenId", device, channel_trade_no as "channelTradeNo", instructions, requested_at as "requestedAt",
  expires_at as "expiresAt", next_check_at as "nextCheckAt"`;

export async function insertAttempt(tx: Tx, attempt: NewAttempt): Promise<void> {
  await tx.run(sql`
    insert into payment.attempt (company_id, id, payment_id, order_no, channel, product,
      merchant_account_id, amount_fen, description, payer_open_id, device, requested_at,
      expires_at, next_check_at)
    values (${tx.companyId}, ${attempt.id}, ${attempt.paymentId}, ${attempt.orderNo},
      ${attempt.channel}, ${attempt.product}, ${attempt.merchantAccountId}, ${attempt.amountFen},
      ${attempt.description}, ${attempt.payerOpenId},
      ${attempt.device && JSON.stringify(attempt.device)}::jsonb, ${attempt.requestedAt},
      ${attempt.expiresAt}, ${attempt.nextCheckAt})`);
}

export async function attemptsOf(tx: Tx, paymentId: string): Promise<Attempt[]> {
  return await tx.many(sql<Attempt>`
    select ${columns} from payment.attempt
    where company_id = ${tx.companyId} and payment_id = ${paymentId}
    order by id`);
}

/** Read after the payment's lock, in a statement of its own, so that it is the newest state. */
export async function attemptOfOrder(tx: Tx, orderNo: string): Promise<Attempt | undefined> {
  return await tx.maybe(sql<Attempt>`
    select ${columns} from payment.attempt
    where company_id = ${tx.companyId} and order_no = ${orderNo}`);
}

/**
 * Records the channel's answer to an order.
 * @returns false when the attempt is no longer `requested`: this answer must not reach the payer
 */
export async function saveInstructions(
  tx: Tx,
  attemptId: string,
  instructions: PayInstructions,
): Promise<boolean> {
  const written = await tx.run(sql`
    update payment.attempt set state = 'pending', instructions = ${JSON.stringify(instructions)}
    where company_id = ${tx.companyId} and id = ${attemptId} and state = 'requested'`);
  return written === 1;
}

/** Why the channel does not take the order, in its own code or words; the last one counts. */
export async function saveFailure(tx: Tx, attemptId: string, code: string): Promise<void> {
  await tx.run(sql`
    update payment.attempt set failure_code = ${code.slice(0, maxFailureCode)}
    where company_id = ${tx.companyId} and id = ${attemptId}
      and state in ('requested', 'pending')`);
}

/** @param to a final state; an attempt that has one already is left as it is */
export async function endAttempt(
  tx: Tx,
  attemptId: string,
  end: {
    readonly to: 'paid' | 'closed' | 'failed';
    readonly at: Date;
    readonly reason: string;
    readonly tradeNo: string | null;
  },
): Promise<void> {
  const written = await tx.run(sql`
    update payment.attempt set state = ${end.to}, ended_at = ${end.at}, end_reason = ${end.reason},
      channel_trade_no = ${end.tradeNo}, next_check_at = null, claim_token = null,
      claimed_until = null
    where company_id = ${tx.companyId} and id = ${attemptId}
      and state in ('requested', 'pending')`);
  if (written !== 1) throw new Error(`attempt ${attemptId} had ended`);
}

export async function companiesWithDueAttempts(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db.many(sql<{ companyId: string }>`
    select company_id as "companyId" from payment.attempt
    where state in ('requested', 'pending') and next_check_at <= ${now}
    group by company_id`);
  return rows.map(({ companyId }) => companyId);
}

export interface Claim {
  readonly token: string;
  readonly now: Date;
  readonly until: Date;
}

/** Takes due attempts for one worker. The token fences out a worker that slept past its claim. */
export async function claimDueAttempts(tx: Tx, claim: Claim): Promise<Attempt[]> {
  return await tx.many(sql<Attempt>`
    update payment.attempt set claim_token = ${claim.token}, claimed_until = ${claim.until}
    where company_id = ${tx.companyId} and id in (
      select id from payment.attempt
      where company_id = ${tx.companyId} and state in ('requested', 'pending')
        and next_check_at <= ${claim.now}
        and (claimed_until is null or claimed_until <= ${claim.now})
      order by id limit ${claimBatch} for update skip locked)
    returning ${columns}`);
}

/** @returns false when the claim was lost: another worker has the attempt now */
export async function scheduleCheck(
  tx: Tx,
  attemptId: string,
  next: { readonly token: string; readonly at: Date },
): Promise<boolean> {
  const written = await tx.run(sql`
    update payment.attempt set next_check_at = ${next.at}, checks = checks + 1,
      claim_token = null, claimed_until = null
    where company_id = ${tx.companyId} and id = ${attemptId} and claim_token = ${next.token}
      and state in ('requested', 'pending')`);
  return written === 1;
}

/** News came that does not say enough: the sweep asks about the order at once. */
export async function checkOrderNow(tx: Tx, orderNo: string, now: Date): Promise<void> {
  await tx.run(sql`
    update payment.attempt set next_check_at = ${now}
    where company_id = ${tx.companyId} and order_no = ${orderNo}
      and state in ('requested', 'pending')`);
}
