import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { administration } from '../domain/permissions.ts';

/**
 * Reserves a login name in the directory; it stays reserved if the rest fails.
 * @returns whom the name belongs to, who is another when it was taken
 */
export async function reserveLoginName(
  db: Queryable,
  loginName: string,
  owner: { companyId: string; staffId: string },
): Promise<{ companyId: string; staffId: string }> {
  await db.run(sql`
    insert into identity.login_name (login_name, company_id, staff_id)
    values (${loginName}, ${owner.companyId}, ${owner.staffId})
    on conflict (login_name) do nothing`);
  return await db.one(sql<{ companyId: string; staffId: string }>`
    select company_id as "companyId", staff_id as "staffId"
    from identity.login_name where login_name = ${loginName}`);
}

export interface NewStaffRow {
  readonly id: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly passwordHash: string;
}

/** @returns 0 when this person exists */
export async function insertStaff(tx: Tx, staff: NewStaffRow, at: Date): Promise<number> {
  return await tx.run(sql`
    insert into identity.staff (company_id, id, login_name, display_name, password_hash,
      password_set_at, created_at)
    values (${tx.companyId}, ${staff.id}, ${staff.loginName}, ${staff.displayName},
      ${staff.passwordHash}, ${at}, ${at})
    on conflict (company_id, id) do nothing`);
}

/** Grants exactly these roles. @returns how many of them exist */
export async function setRoles(
  tx: Tx,
  input: { staffId: string; roleIds: readonly string[]; grantedBy: string | null; at: Date },
): Promise<number> {
  const { staffId, roleIds, grantedBy, at } = input;
  await tx.run(sql`
    delete from identity.staff_role
    where company_id = ${tx.companyId} and staff_id = ${staffId}
      and role_id <> all (${roleIds}::uuid[])`);
  await tx.run(sql`
    insert into identity.staff_role (company_id, id, staff_id, role_id, granted_at, granted_by)
    select role.company_id, chosen.id, ${staffId}, role.id, ${at}, ${grantedBy}
    from identity.role as role
    join unnest(${roleIds.map((roleId) => derivedId(tx.companyId, staffId, roleId))}::uuid[],
      ${roleIds}::uuid[]) as chosen (id, role_id) on chosen.role_id = role.id
    where role.company_id = ${tx.companyId}
    on conflict do nothing`);
  const granted = await tx.one(sql<{ count: number }>`
    select count(*) as count from identity.staff_role
    where company_id = ${tx.companyId} and staff_id = ${staffId}`);
  return granted.count;
}

export interface LockedStaff {
  readonly id: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly state: 'active' | 'disabled';
  readonly passwordHash: string;
}

export async function lockStaff(tx: Tx, staffId: string): Promise<LockedStaff | undefined> {
  return await tx.maybe(sql<LockedStaff>`
    select id, login_name as "loginName", display_name as "displayName", state,
      password_hash as "passwordHash"
    from identity.staff where company_id = ${tx.companyId} and id = ${staffId} for update`);
}

export async function updateStaff(
  tx: Tx,
  staffId: string,
  change: { displayName: string; state: 'active' | 'disabled' },
): Promise<void> {
  await tx.run(sql`
    update identity.staff set display_name = ${change.displayName}, state = ${change.state}
    where company_id = ${tx.companyId} and id = ${staffId}`);
}

export async function setPassword(
  tx: Tx,
  input: { staffId: string; passwordHash: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    update identity.staff set password_hash = ${input.passwordHash}, password_set_at = ${input.at}
    where company_id = ${tx.companyId} and id = ${input.staffId}`);
}

/** Changes of who may administer wait for each other here, so that two cannot remove each other. */
export async function lockAdministration(tx: Tx): Promise<void> {
  await tx.many(sql`
    select id from identity.role
    where company_id = ${tx.companyId} and ${administration} = any (permissions)
    order by id for no key update`);
}

export async function countAdministrators(tx: Tx): Promise<number> {
  const row = await tx.one(sql<{ count: number }>`
    select count(distinct staff.id) as count
    from identity.staff as staff
    join identity.staff_role as granted
      on granted.company_id = staff.company_id and granted.staff_id = staff.id
    join identity.role as role
      on role.company_id = granted.company_id and role.id = granted.role_id
    where staff.company_id = ${tx.companyId} and staff.state = 'active'
      and ${administration} = any (role.permissions)`);
  return row.count;
}
