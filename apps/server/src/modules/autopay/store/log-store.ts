import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId, newId } from '../../../platform/id.ts';
import type { LeftOutReason } from '../domain/fit.ts';
import type { LogKind } from '../domain/log.ts';

export interface LogRecord {
  readonly mandateId: string;
  readonly debitId?: string;
  readonly kind: LogKind;
  /** resident, staff:<name>, or the name of a channel or job. */
  readonly actor: string;
  readonly detail?: Readonly<Record<string, string | number | null>>;
  readonly at: Date;
}

export async function record(tx: Tx, entry: LogRecord): Promise<void> {
  await tx.run(sql`
    insert into autopay.log (company_id, id, mandate_id, debit_id, kind, actor, detail, at)
    values (${tx.companyId}, ${newId(entry.at)}, ${entry.mandateId}, ${entry.debitId ?? null},
      ${entry.kind}, ${entry.actor}, ${JSON.stringify(entry.detail ?? {})}::jsonb, ${entry.at})`);
}

/** @returns the bills that the payer has not been told about for this reason */
export async function noteLeftOut(
  tx: Tx,
  mandateId: string,
  bills: readonly { readonly billId: string; readonly reason: LeftOutReason }[],
  at: Date,
): Promise<{ billId: string; reason: LeftOutReason }[]> {
  if (bills.length === 0) return [];
  return await tx.many(sql<{ billId: string; reason: LeftOutReason }>`
    insert into autopay.left_out (company_id, id, mandate_id, bill_id, reason, told_at)
    select company.id, given.id, ${mandateId}, given.bill_id, given.reason, ${at}
    from identity.company as company
    cross join unnest(
      ${bills.map(({ billId, reason }) => derivedId(mandateId, billId, reason))}::uuid[],
      ${bills.map(({ billId }) => billId)}::uuid[], ${bills.map(({ reason }) => reason)}::text[])
      as given(id, bill_id, reason)
    where company.id = ${tx.companyId}
    on conflict (company_id, id) do nothing
    returning bill_id as "billId", reason`);
}
