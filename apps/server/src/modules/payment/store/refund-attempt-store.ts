import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import type { RefundAttemptState } from '../domain/refund.ts';
import { claimBatch } from '../limits.ts';

/** One refund number. `requested`: the channel has not said that it took it. */
export interface RefundAttempt {
  readonly id: string;
  readonly refundId: string;
  readonly refundNo: string;
  readonly state: RefundAttemptState;
  readonly requestedAt: Date;
  readonly sends: number;
  readonly lastAnswer: string | null;
}

const columns = sql`id, refund_id as "refundId", refund_no as "refundNo", state,
  requested_at as "requestedAt", sends, last_answer as "lastAnswer"`;

export async function insertRefundAttempt(
  tx: Tx,
  attempt: Pick<RefundAttempt, 'id' | 'refundId' | 'refundNo' | 'requestedAt'> & {
    readonly nextCheckAt: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into payment.refund_attempt (company_id, id, refund_id, refund_no, requested_at,
      next_check_at)
    values (${tx.companyId}, ${attempt.id}, ${attempt.refundId}, ${attempt.refundNo},
      ${attempt.requestedAt}, ${attempt.nextCheckAt})`);
}

/** Oldest first. */
export async function refundAttemptsOf(tx: Tx, refundId: string): Promise<RefundAttempt[]> {
  return await tx.many(sql<RefundAttempt>`
    select ${columns} from payment.refund_attempt
    where company_id = ${tx.companyId} and refund_id = ${refundId}
    order by id`);
}

export async function attemptOfRefundNo(
  tx: Tx,
  refundNo: string,
): Promise<RefundAttempt | undefined> {
  return await tx.maybe(sql<RefundAttempt>`
    select ${columns} from payment.refund_attempt
    where company_id = ${tx.companyId} and refund_no = ${refundNo}`);
}

/**
 * Notes that the number is being sent; one that was refused is under way again.
 * @returns how often it was sent, this time included; undefined when it may not be sent any more
 */
export async function noteSend(
  tx: Tx,
  attemptId: string,
  send: { readonly at: Date; readonly nextCheckAt: Date },
): Promise<number | undefined> {
  const row = await tx.maybe(sql<{ sends: number }>`
    update payment.refund_attempt set state = case state when 'pending' then state
        else 'requested' end, sends = sends + 1, sent_at = ${send.at}, ended_at = null, code = null,
      message = null, next_check_at = ${send.nextCheckAt}
    where company_id = ${tx.companyId} and id = ${attemptId}
      and state in ('requested', 'pending', 'refused')
    returning sends`);
  return row?.sends;
}

export interface AttemptAnswer {
  /** What the channel said, in short. */
  readonly answer: string;
  readonly at: Date;
  /** The channel took it: it is `pending` from now on, even when a twin was refused. */
  readonly isAccepted: boolean;
  readonly nextCheckAt: Date;
}

/** @returns whether it entered `pending` by this */
export async function noteAnswer(
  tx: Tx,
  attemptId: string,
  { answer, at, isAccepted, nextCheckAt }: AttemptAnswer,
): Promise<boolean> {
  const states = isAccepted ? ['requested', 'pending', 'refused'] : ['requested', 'pending'];
  const row = await tx.maybe(sql<{ was: string; state: string }>`
    with before as (
      select id, state from payment.refund_attempt
      where company_id = ${tx.companyId} and id = ${attemptId})
    update payment.refund_attempt as attempt
    set state = case when ${isAccepted} then 'pending' else attempt.state end,
      last_answer = ${answer}, last_answer_at = ${at}, ended_at = null, code = null,
      message = null, next_check_at = ${nextCheckAt}
    from before
    where attempt.company_id = ${tx.companyId} and attempt.id = before.id
      and attempt.state = any (${states}::text[])
    returning before.state as was, attempt.state as state`);
  return row !== undefined && row.was !== row.state;
}

export interface AttemptEnd {
  readonly to: 'refused' | 'failed' | 'refunded' | 'returned';
  readonly at: Date;
  readonly answer: string;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly channelRefundNo?: string | undefined;
}

/** The caller has seen, under the refund's lock, that the number may end so. */
export async function endRefundAttempt(tx: Tx, attemptId: string, end: AttemptEnd): Promise<void> {
  const written = await tx.run(sql`
    update payment.refund_attempt set state = ${end.to}, ended_at = ${end.at},
      last_answer = ${end.answer}, last_answer_at = ${end.at}, code = ${end.code ?? null},
      message = ${end.message ?? null}, next_check_at = null, claim_token = null,
      claimed_until = null,
      channel_refund_no = coalesce(${end.channelRefundNo ?? null}, channel_refund_no)
    where company_id = ${tx.companyId} and id = ${attemptId}`);
  if (written !== 1) throw new Error(`no refund attempt ${attemptId}`);
}

export async function companiesWithDueRefunds(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db.many(sql<{ companyId: string }>`
    select company_id as "companyId" from payment.refund_attempt
    where state in ('requested', 'pending') and next_check_at <= ${now}
    group by company_id`);
  return rows.map(({ companyId }) => companyId);
}

/** Takes due numbers for one worker. The token fences out a worker that slept past its claim. */
export async function claimDueRefunds(
  tx: Tx,
  claim: { readonly token: string; readonly now: Date; readonly until: Date },
): Promise<RefundAttempt[]> {
  return await tx.many(sql<RefundAttempt>`
    update payment.refund_attempt set claim_token = ${claim.token}, claimed_until = ${claim.until}
    where company_id = ${tx.companyId} and id in (
      select id from payment.refund_attempt
      where company_id = ${tx.companyId} and state in ('requested', 'pending')
        and next_check_at <= ${claim.now}
        and (claimed_until is null or claimed_until <= ${claim.now})
      order by id limit ${claimBatch} for update skip locked)
    returning ${columns}`);
}

/** Gives a claimed number back, to be asked about again. */
export async function scheduleRefundCheck(
  tx: Tx,
  attemptId: string,
  next: { readonly token: string; readonly at: Date },
): Promise<void> {
  await tx.run(sql`
    update payment.refund_attempt set next_check_at = ${next.at}, checks = checks + 1,
      claim_token = null, claimed_until = null
    where company_id = ${tx.companyId} and id = ${attemptId} and claim_token = ${next.token}
      and state in ('requested', 'pending')`);
}

/** News came that does not say enough: the sweep asks at once. */
export async function checkRefundNow(tx: Tx, attemptId: string, now: Date): Promise<void> {
  await tx.run(sql`
    update payment.refund_attempt set next_check_at = ${now}
    where company_id = ${tx.companyId} and id = ${attemptId}
      and state in ('requested', 'pending')`);
}

/** A refused number is to be sent once more; the sweep does it if nobody else does. */
export async function reopenRefundAttempt(
  tx: Tx,
  attemptId: string,
  nextCheckAt: Date,
): Promise<void> {
  const written = await tx.run(sql`
    update payment.refund_attempt set state = 'requested', ended_at = null, code = null,
      message = null, next_check_at = ${nextCheckAt}
    where company_id = ${tx.companyId} and id = ${attemptId} and state = 'refused'`);
  if (written !== 1) throw new Error(`refund attempt ${attemptId} was not refused`);
}
