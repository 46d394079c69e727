import { sql, type Tx } from '../../../platform/database/index.ts';
import type { ServicePhone } from '../queries/service-phones.ts';

/** Of one community, or of the company (null). */
export async function saveServicePhone(
  tx: Tx,
  communityId: string | null,
  { phone, hours }: ServicePhone,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into estate.service_phone (company_id, id, community_id, phone, hours, updated_at)
    values (${tx.companyId}, ${communityId ?? tx.companyId}, ${communityId}, ${phone}, ${hours},
      ${at})
    on conflict (company_id, id) do update set phone = excluded.phone, hours = excluded.hours,
      updated_at = excluded.updated_at`);
}

export async function deleteServicePhone(tx: Tx, communityId: string | null): Promise<void> {
  await tx.run(sql`
    delete from estate.service_phone
    where company_id = ${tx.companyId} and id = ${communityId ?? tx.companyId}`);
}
