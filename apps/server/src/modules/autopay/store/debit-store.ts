import type { Fen } from '@wuye-pay/money';
import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { DebitState } from '../domain/debit.ts';

export interface NewDebit {
  readonly id: string;
  readonly mandateId: string;
  readonly firstId: string;
  readonly tryNo: number;
  readonly debitOn: string;
  readonly amountFen: Fen;
  readonly announceAt: Date;
  readonly createdAt: Date;
}

export interface DebitBill {
  readonly billId: string;
  readonly unitId: string;
  readonly amountFen: Fen;
}

export interface Debit extends NewDebit {
  readonly state: DebitState;
  readonly noticedAt: Date | null;
  readonly channelNoticedAt: Date | null;
  readonly paymentId: string | null;
  readonly claimToken: string | null;
}

const columns = sql`id, mandate_id as "mandateId", first_id as "firstId", try_no as "tryNo",
  debit_on::text as "debitOn", amount_fen as "amountFen", announce_at as "announceAt",
  created_at as "createdAt", state, noticed_at as "noticedAt",
  channel_noticed_at as "channelNoticedAt", payment_id as "paymentId",
  claim_token as "claimToken"`;

/** The same try again, or a second open debit of a mandate, adds nothing. @returns whether new */
export async function insertDebit(
  tx: Tx,
  debit: NewDebit,
  bills: readonly DebitBill[],
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into autopay.debit (company_id, id, mandate_id, first_id, try_no, debit_on, amount_fen,
      announce_at, work_at, created_at)
    values (${tx.companyId}, ${debit.id}, ${debit.mandateId}, ${debit.firstId}, ${debit.tryNo},
      ${debit.debitOn}, ${debit.amountFen}, ${debit.announceAt}, ${debit.announceAt},
      ${debit.createdAt})
    on conflict do nothing`);
  if (inserted === 0) return false;
  await tx.run(sql`
    insert into autopay.debit_bill (company_id, id, debit_id, bill_id, unit_id, amount_fen)
    select company.id, given.id, ${debit.id}, given.bill_id, given.unit_id, given.amount_fen
    from identity.company as company
    cross join unnest(${bills.map(({ billId }) => derivedId(debit.id, billId))}::uuid[],
      ${bills.map(({ billId }) => billId)}::uuid[], ${bills.map(({ unitId }) => unitId)}::uuid[],
      ${bills.map(({ amountFen }) => amountFen)}::bigint[])
      as given(id, bill_id, unit_id, amount_fen)
    where company.id = ${tx.companyId}`);
  return true;
}

/** After the mandate's row. */
export async function lockDebit(tx: Tx, id: string): Promise<Debit | undefined> {
  return await tx.maybe(sql<Debit>`
    select ${columns} from autopay.debit
    where company_id = ${tx.companyId} and id = ${id}
    for update`);
}

export async function debitById(tx: Tx, id: string): Promise<Debit | undefined> {
  return await tx.maybe(sql<Debit>`
    select ${columns} from autopay.debit where company_id = ${tx.companyId} and id = ${id}`);
}

export async function openDebitOf(tx: Tx, mandateId: string): Promise<Debit | undefined> {
  return await tx.maybe(sql<Debit>`
    select ${columns} from autopay.debit
    where company_id = ${tx.companyId} and mandate_id = ${mandateId}
      and state in ('planned', 'announced', 'started')`);
}

export async function debitOfPayment(tx: Tx, paymentId: string): Promise<Debit | undefined> {
  return await tx.maybe(sql<Debit>`
    select ${columns} from autopay.debit
    where company_id = ${tx.companyId} and payment_id = ${paymentId}`);
}

export async function billsOfDebit(tx: Tx, debitId: string): Promise<DebitBill[]> {
  return await tx.many(sql<DebitBill>`
    select bill_id as "billId", unit_id as "unitId", amount_fen as "amountFen"
    from autopay.debit_bill
    where company_id = ${tx.companyId} and debit_id = ${debitId}
    order by bill_id`);
}

/** What the debits of a mandate took, or may still take, in a month; without one of them. */
export async function usedInMonth(
  tx: Tx,
  { mandateId, month, except }: { mandateId: string; month: string; except?: string },
): Promise<number> {
  const { usedFen } = await tx.one(sql<{ usedFen: number }>`
    select coalesce(sum(coalesce(charged_fen, amount_fen)), 0)::bigint as "usedFen"
    from autopay.debit
    where company_id = ${tx.companyId} and mandate_id = ${mandateId}
      and state in ('planned', 'announced', 'started', 'paid')
      and debit_on >= ${month}::date and debit_on < ${month}::date + interval '1 month'
      and id is distinct from ${except ?? null}::uuid`);
  return usedFen;
}

export async function companiesWithWork(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db.many(sql<{ companyId: string }>`
    select company_id as "companyId" from autopay.debit where work_at <= ${now}
    group by company_id`);
  return rows.map(({ companyId }) => companyId);
}

export interface Claim {
  readonly token: string;
  readonly now: Date;
  readonly until: Date;
  readonly most: number;
}

/** Takes due debits for one worker; the token fences out one that slept past its claim. */
export async function claimDebits(tx: Tx, claim: Claim): Promise<Debit[]> {
  return await tx.many(sql<Debit>`
    update autopay.debit set claim_token = ${claim.token}, claimed_until = ${claim.until}
    where company_id = ${tx.companyId} and id in (
      select id from autopay.debit
      where company_id = ${tx.companyId} and work_at <= ${claim.now}
        and (claimed_until is null or claimed_until <= ${claim.now})
      order by id limit ${claim.most} for update skip locked)
    returning ${columns}`);
}

/** Lets the debit go until then. Without a token: news came that somebody has to act on. */
export async function workAgainAt(
  tx: Tx,
  id: string,
  next: { readonly at: Date; readonly token?: string },
): Promise<void> {
  const mine = next.token === undefined ? sql`true` : sql`claim_token = ${next.token}`;
  await tx.run(sql`
    update autopay.debit set work_at = ${next.at}, claim_token = null, claimed_until = null
    where company_id = ${tx.companyId} and id = ${id} and ${mine}
      and state in ('planned', 'announced')`);
}

/** The payer, or the channel, was told. The later of both and a day decide when it may start. */
export async function markNoticed(
  tx: Tx,
  id: string,
  { by, at }: { readonly by: 'message' | 'channel'; readonly at: Date },
): Promise<void> {
  const column = by === 'message' ? sql`noticed_at` : sql`channel_noticed_at`;
  await tx.run(sql`
    update autopay.debit set ${column} = coalesce(${column}, ${at})
    where company_id = ${tx.companyId} and id = ${id} and state = 'planned'`);
}

export async function markAnnounced(tx: Tx, id: string, workAt: Date): Promise<void> {
  await tx.run(sql`
    update autopay.debit set state = 'announced', work_at = ${workAt}, claim_token = null,
      claimed_until = null
    where company_id = ${tx.companyId} and id = ${id} and state = 'planned'
      and noticed_at is not null and channel_noticed_at is not null`);
}

export async function markStarted(
  tx: Tx,
  id: string,
  start: { readonly paymentId: string; readonly chargedFen: Fen; readonly at: Date },
): Promise<void> {
  await tx.run(sql`
    update autopay.debit set state = 'started', payment_id = ${start.paymentId},
      charged_fen = ${start.chargedFen}, started_at = ${start.at}, work_at = null,
      claim_token = null, claimed_until = null
    where company_id = ${tx.companyId} and id = ${id} and state = 'announced'`);
}

/** A skipped debit takes its place in the calendar again. `noticedAt`: when its notice was taken. */
export async function reopenDebit(
  tx: Tx,
  id: string,
  { at, noticedAt }: { readonly at: Date; readonly noticedAt: Date | null },
): Promise<void> {
  await tx.run(sql`
    update autopay.debit
    set state = case when coalesce(noticed_at, ${noticedAt}) is not null
        and channel_noticed_at is not null then 'announced' else 'planned' end,
      noticed_at = coalesce(noticed_at, ${noticedAt}), ended_at = null,
      work_at = greatest(announce_at, ${at})
    where company_id = ${tx.companyId} and id = ${id} and state = 'skipped'`);
  await tx.run(sql`
    update autopay.debit_bill as line set is_open = true
    where line.company_id = ${tx.companyId} and line.debit_id = ${id} and not exists (
      select from autopay.debit_bill as other
      where other.company_id = line.company_id and other.bill_id = line.bill_id
        and other.is_open)`);
}

export interface DebitEnd {
  readonly state: 'paid' | 'failed' | 'skipped' | 'dropped';
  readonly at: Date;
  readonly code: string | null;
  readonly channelCode?: string | null;
  readonly nextDebitOn?: string | null;
}

export async function endDebit(tx: Tx, id: string, end: DebitEnd): Promise<void> {
  await tx.run(sql`
    update autopay.debit set state = ${end.state}, ended_at = ${end.at}, end_code = ${end.code},
      channel_code = ${end.channelCode ?? null}, next_debit_on = ${end.nextDebitOn ?? null},
      work_at = null, claim_token = null, claimed_until = null
    where company_id = ${tx.companyId} and id = ${id}`);
  await tx.run(sql`
    update autopay.debit_bill set is_open = false
    where company_id = ${tx.companyId} and debit_id = ${id}`);
}
