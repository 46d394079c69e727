import type { TransferFilter } from '@wuye-pay/contract';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

export interface TransferRow {
  readonly id: string;
  readonly day: string;
  readonly kind: string;
  readonly key: string;
  readonly postingId: string;
  readonly sourceId: string;
  readonly debit: string;
  readonly credit: string;
  readonly amountFen: number;
  readonly postedAt: Date;
  readonly sealNo: number | null;
}

/** A place in the list: day and id of the last transfer of the page before. */
export interface TransferPlace {
  readonly day: string;
  readonly id: string;
}

export interface TransferPage extends TransferFilter {
  readonly from: string;
  readonly to: string;
  readonly place: TransferPlace | undefined;
  readonly limit: number;
}

/** Newest first, between two days. */
export async function listTransfers(tx: Tx, page: TransferPage): Promise<TransferRow[]> {
  const { account, sourceId, place } = page;
  return await tx.many(sql<TransferRow>`
    select transfer.id, transfer.day, posting.kind, posting.key, posting.id as "postingId",
      posting.source_id as "sourceId", debit.code as debit, credit.code as credit,
      transfer.amount_fen as "amountFen", transfer.posted_at as "postedAt",
      sealed.seal_no as "sealNo"
    from ledger.transfer as transfer
    join ledger.posting as posting
      on posting.company_id = transfer.company_id and posting.id = transfer.posting_id
    join ledger.account as debit
      on debit.company_id = transfer.company_id and debit.id = transfer.debit_account_id
    join ledger.account as credit
      on credit.company_id = transfer.company_id and credit.id = transfer.credit_account_id
    left join platform.pub_sealed_row as sealed
      on sealed.company_id = transfer.company_id and sealed.id = transfer.id
    where transfer.company_id = ${tx.companyId}
      and transfer.day >= ${page.from} and transfer.day <= ${page.to}
      ${sourceId === undefined ? emptySql : sql`and posting.source_id = ${sourceId}`}
      ${account === undefined ? emptySql : sql`and ${account} in (debit.code, credit.code)`}
      ${place === undefined ? emptySql : sql`and ${isBefore(place)}`}
    order by transfer.day desc, transfer.id desc limit ${page.limit}`);
}

function isBefore({ day, id }: TransferPlace): Statement {
  return sql`(transfer.day, transfer.id) < (${day}, ${id})`;
}
