import type { StaffFilter } from '@wuye-pay/contract';
import { emptySql, joinSql, sql, type Tx } from '../../../platform/database/index.ts';

export interface StaffRow {
  readonly id: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly state: 'active' | 'disabled';
  readonly lastSignInAt: Date | null;
  readonly createdAt: Date;
  readonly roles: { id: string; name: string; nameEn: string }[];
}

/** By login name. */
export async function listStaff(
  tx: Tx,
  filter: StaffFilter & { staffId?: string; after?: string; limit: number },
): Promise<StaffRow[]> {
  const pattern = `%${(filter.search ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  const filters = [
    filter.staffId === undefined ? undefined : sql`and staff.id = ${filter.staffId}`,
    filter.state === undefined ? undefined : sql`and staff.state = ${filter.state}`,
    filter.after === undefined ? undefined : sql`and staff.login_name > ${filter.after}`,
    filter.search === undefined
      ? undefined
      : sql`and (staff.login_name ilike ${pattern} or staff.display_name ilike ${pattern})`,
  ].filter((part) => part !== undefined);
  const more = filters.length > 0 ? joinSql(filters, ' ') : emptySql;
  return await tx.many(sql<StaffRow>`
    select staff.id, staff.login_name as "loginName", staff.display_name as "displayName",
      staff.state, staff.last_sign_in_at as "lastSignInAt", staff.created_at as "createdAt",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', role.id, 'name', role.name,
          'nameEn', role.name_en) order by role.name)
        from identity.staff_role as granted
        join identity.role as role
          on role.company_id = granted.company_id and role.id = granted.role_id
        where granted.company_id = ${tx.companyId} and granted.staff_id = staff.id
      ), '[]') as roles
    from identity.staff as staff
    where staff.company_id = ${tx.companyId} ${more}
    order by staff.login_name limit ${filter.limit}`);
}

export interface RoleRow {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly permissions: string[];
  readonly staffCount: number;
}

/** A company has few roles; more than this is a defect. */
const maxRoles = 200;

export async function listRoles(tx: Tx): Promise<RoleRow[]> {
  return await tx.many(sql<RoleRow>`
    select role.id, role.name, role.name_en as "nameEn", role.permissions,
      (select count(*) from identity.staff_role as granted
        where granted.company_id = ${tx.companyId} and granted.role_id = role.id) as "staffCount"
    from identity.role as role where role.company_id = ${tx.companyId}
    order by cardinality(role.permissions) desc, role.name limit ${maxRoles}`);
}
