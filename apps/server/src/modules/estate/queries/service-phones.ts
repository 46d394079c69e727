import { sql, type Tx } from '../../../platform/database/index.ts';

export interface ServicePhone {
  readonly phone: string;
  readonly hours: string | null;
}

/** The company's own, for whoever belongs to no community with another one. */
export function companyServicePhone(tx: Tx): Promise<ServicePhone | undefined> {
  return tx.maybe(sql<ServicePhone>`
    select phone, hours from estate.service_phone
    where company_id = ${tx.companyId} and id = ${tx.companyId}`);
}

/** Which phone to call about a home: its community's, else the company's. */
export function servicePhoneOfUnit(tx: Tx, unitId: string): Promise<ServicePhone | undefined> {
  return tx.maybe(sql<ServicePhone>`
    select service.phone, service.hours
    from estate.unit as unit
    join estate.service_phone as service on service.company_id = unit.company_id
      and service.id in (unit.community_id, unit.company_id)
    where unit.company_id = ${tx.companyId} and unit.id = ${unitId}
    order by service.community_id is null limit 1`);
}

export interface CommunityService extends ServicePhone {
  readonly communityId: string;
  readonly communityName: string;
}

/** Communities that have a phone of their own, by name. */
export function communityServicePhones(tx: Tx): Promise<CommunityService[]> {
  return tx.many(sql<CommunityService>`
    select community.id as "communityId", community.name as "communityName", service.phone,
      service.hours
    from estate.service_phone as service
    join estate.community as community on community.company_id = service.company_id
      and community.id = service.community_id
    where service.company_id = ${tx.companyId}
    order by community.name, community.id limit 500`);
}
