import type { BankLayoutContent } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface SavedLayout {
  readonly id: string;
  readonly name: string;
  readonly content: BankLayoutContent;
  readonly updatedAt: Date;
}

const most = 100;

/** Those that were touched last are tried first. */
export function savedLayouts(tx: Tx): Promise<SavedLayout[]> {
  return tx.many(sql<SavedLayout>`
    select id, name, content, updated_at as "updatedAt" from bank.layout
    where company_id = ${tx.companyId} order by updated_at desc, id limit ${most}`);
}
