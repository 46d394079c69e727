import { sql, type Tx } from '../../../platform/database/index.ts';

export interface CommunityRow {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
}

/** @returns whether it is new; a community of the same name stays as it is */
export async function insertCommunity(
  tx: Tx,
  community: CommunityRow & { readonly createdAt: Date },
): Promise<boolean> {
  const written = await tx.run(sql`
    insert into estate.community (company_id, id, name, address, created_at)
    values (${tx.companyId}, ${community.id}, ${community.name}, ${community.address},
      ${community.createdAt})
    on conflict on constraint community_name_key do nothing`);
  return written === 1;
}

export function communityByName(tx: Tx, name: string): Promise<CommunityRow | undefined> {
  return tx.maybe(sql<CommunityRow>`
    select id, name, address from estate.community
    where company_id = ${tx.companyId} and name = ${name}`);
}

export function communityById(tx: Tx, id: string): Promise<CommunityRow | undefined> {
  return tx.maybe(sql<CommunityRow>`
    select id, name, address from estate.community
    where company_id = ${tx.companyId} and id = ${id}`);
}

/** @returns the id of the building, made when missing */
export async function ensureBuilding(
  tx: Tx,
  building: {
    readonly id: string;
    readonly communityId: string;
    readonly name: string;
    readonly createdAt: Date;
  },
): Promise<string> {
  await tx.run(sql`
    insert into estate.building (company_id, id, community_id, name, created_at)
    values (${tx.companyId}, ${building.id}, ${building.communityId}, ${building.name},
      ${building.createdAt})
    on conflict on constraint building_name_key do nothing`);
  const { id } = await tx.one(sql<{ id: string }>`
    select id from estate.building
    where company_id = ${tx.companyId} and community_id = ${building.communityId}
      and name = ${building.name}`);
  return id;
}
