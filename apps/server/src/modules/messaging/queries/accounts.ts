import { sql, type Tx } from '../../../platform/database/index.ts';

export interface AccountRow {
  readonly id: string;
  readonly number: number;
  readonly provider: string;
  readonly name: string;
  readonly appId: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly credentials: Buffer;
  readonly receiptKey: string;
  readonly unitPriceYuan: string;
  readonly priority: number;
  readonly state: 'active' | 'disabled';
  readonly troubleCode: string | null;
  readonly troubleAt: Date | null;
  readonly troubleUntil: Date | null;
  readonly createdAt: Date;
}

const columns = sql`
  id, number, provider, name, app_id as "appId", settings, endpoints, credentials,
  receipt_key as "receiptKey", unit_price_yuan::text as "unitPriceYuan", priority, state,
  trouble_code as "troubleCode", trouble_at as "troubleAt", trouble_until as "troubleUntil",
  created_at as "createdAt"`;

/** In the order in which they are tried. A company has a handful. */
export async function accountsOf(tx: Tx): Promise<AccountRow[]> {
  return await tx.many(sql<AccountRow>`
    select ${columns} from messaging.account where company_id = ${tx.companyId}
    order by priority, number`);
}

export async function accountById(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return await tx.maybe(sql<AccountRow>`
    select ${columns} from messaging.account where company_id = ${tx.companyId} and id = ${id}`);
}

export async function accountByNumber(tx: Tx, number: number): Promise<AccountRow | undefined> {
  return await tx.maybe(sql<AccountRow>`
    select ${columns} from messaging.account
    where company_id = ${tx.companyId} and number = ${number}`);
}
