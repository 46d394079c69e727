import { sql, type Tx } from '../../../platform/database/index.ts';

export type FeeCategory = 'income' | 'deposit' | 'agency';

export interface FeeItem {
  readonly id: string;
  readonly name: string;
  readonly category: FeeCategory;
  readonly priority: number;
  readonly state: 'active' | 'retired';
}

/** @returns false when the name is taken */
export async function insertFeeItem(tx: Tx, item: FeeItem, createdAt: Date): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into charging.fee_item (company_id, id, name, category, priority, state, created_at)
    values (${tx.companyId}, ${item.id}, ${item.name}, ${item.category}, ${item.priority},
      ${item.state}, ${createdAt})
    on conflict (company_id, name) do nothing`);
  return inserted === 1;
}

/** Locks the fee item: its tariffs and assignments change one after the other. */
export function lockFeeItem(tx: Tx, feeItemId: string): Promise<FeeItem | undefined> {
  return tx.maybe(sql<FeeItem>`
    select id, name, category, priority, state from charging.fee_item
    where company_id = ${tx.companyId} and id = ${feeItemId} for update`);
}

export async function feeItemByName(tx: Tx, name: string): Promise<FeeItem | undefined> {
  return await tx.maybe(sql<FeeItem>`
    select id, name, category, priority, state from charging.fee_item
    where company_id = ${tx.companyId} and name = ${name} for update`);
}

/** The category is not among what changes: the ledger has posted by it. */
export async function updateFeeItem(tx: Tx, item: FeeItem): Promise<void> {
  await tx.run(sql`
    update charging.fee_item set name = ${item.name}, priority = ${item.priority},
      state = ${item.state}
    where company_id = ${tx.companyId} and id = ${item.id}`);
}
