import { sql, type Tx } from '../../../platform/database/index.ts';

export interface Device {
  readonly id: string;
  readonly accountId: string;
  readonly provider: 'jpush' | 'getui';
  readonly token: string;
}

/** A device that was another account's becomes this one's. @returns its id */
export async function saveDevice(tx: Tx, device: Device, at: Date): Promise<string> {
  const { id } = await tx.one(sql<{ id: string }>`
    insert into resident.device as device (company_id, id, account_id, provider, token,
      created_at, last_seen_at)
    values (${tx.companyId}, ${device.id}, ${device.accountId}, ${device.provider},
      ${device.token}, ${at}, ${at})
    on conflict (company_id, provider, token) do update set account_id = excluded.account_id,
      last_seen_at = excluded.last_seen_at
    returning device.id`);
  return id;
}

/** Keeps the devices that were seen last. */
export async function dropOldDevices(tx: Tx, accountId: string, most: number): Promise<void> {
  await tx.run(sql`
    delete from resident.device
    where company_id = ${tx.companyId} and account_id = ${accountId} and id in (
      select id from resident.device
      where company_id = ${tx.companyId} and account_id = ${accountId}
      order by last_seen_at desc, id desc offset ${most})`);
}

export async function deleteDevice(tx: Tx, accountId: string, deviceId: string): Promise<boolean> {
  const deleted = await tx.run(sql`
    delete from resident.device
    where company_id = ${tx.companyId} and account_id = ${accountId} and id = ${deviceId}`);
  return deleted === 1;
}
