import { sql, type Tx } from '../../../platform/database/index.ts';

export type BindingRole = 'owner' | 'tenant' | 'family' | 'payer';

/** A home that an account may see and pay for. */
export interface Home {
  readonly bindingId: string;
  readonly unitId: string;
  readonly communityId: string;
  readonly communityName: string;
  /** As people say it: 1栋2单元301. */
  readonly label: string;
  readonly kind: 'home' | 'shop' | 'parking' | 'storage';
  readonly role: BindingRole;
  readonly boundAt: Date;
}

/** In the order in which they were bound. */
export async function homesOf(tx: Tx, accountId: string): Promise<readonly Home[]> {
  return await tx.many(sql<Home>`
    select binding.id as "bindingId", unit.id as "unitId", unit.community_id as "communityId",
      community.name as "communityName", unit.label, unit.kind, binding.role,
      binding.bound_at as "boundAt"
    from resident.binding as binding
    join estate.pub_unit as unit
      on unit.company_id = binding.company_id and unit.id = binding.unit_id
    join estate.pub_community as community
      on community.company_id = unit.company_id and community.id = unit.community_id
    where binding.company_id = ${tx.companyId} and binding.account_id = ${accountId}
      and binding.ended_at is null
    order by binding.bound_at, binding.id`);
}
