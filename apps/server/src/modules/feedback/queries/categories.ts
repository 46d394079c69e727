import type { TicketCategory, TicketRouting } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { builtInCategories } from '../domain/categories.ts';

/** The same before and after the built-in ones become rows. */
export function builtInId(companyId: string, code: string): string {
  return derivedId(companyId, 'feedback.category', code);
}

/** In the order in which they are offered; the built-in ones while a company has changed none. */
export async function categoriesOf(tx: Tx): Promise<TicketCategory[]> {
  const rows = await tx.many(sql<TicketCategory>`
    select id, code, name, name_en as "nameEn", is_dispute as "isDispute",
      is_active as "isActive", sort_no as "sortNo", role_id as "roleId", staff_id as "staffId",
      first_reply_minutes as "firstReplyMinutes", resolve_minutes as "resolveMinutes"
    from feedback.category where company_id = ${tx.companyId} order by sort_no, code`);
  if (rows.length > 0) return rows;
  return builtInCategories.map((category, index) => ({
    ...category,
    id: builtInId(tx.companyId, category.code),
    isActive: true,
    sortNo: (index + 1) * 10,
    roleId: null,
    staffId: null,
  }));
}

export async function routingsOf(tx: Tx): Promise<TicketRouting[]> {
  const rows = await tx.many(
    sql<Omit<TicketRouting, 'categoryName'> & { readonly zh: string; readonly en: string }>`
    select r.id, r.community_id as "communityId", c.name as "communityName",
      r.category_id as "categoryId", g.name as zh, g.name_en as en, r.role_id as "roleId",
      r.staff_id as "staffId", r.first_reply_minutes as "firstReplyMinutes",
      r.resolve_minutes as "resolveMinutes"
    from feedback.routing as r
    join estate.pub_community as c on c.company_id = r.company_id and c.id = r.community_id
    join feedback.category as g on g.company_id = r.company_id and g.id = r.category_id
    where r.company_id = ${tx.companyId} order by c.name, g.sort_no, r.id`,
  );
  return rows.map(({ zh, en, ...row }) => ({ ...row, categoryName: { zh, en } }));
}

export interface RouteOfTicket {
  readonly roleId: string | null;
  readonly staffId: string | null;
  readonly firstReplyMinutes: number;
  readonly resolveMinutes: number;
}

/** Who gets it and by when: as the community says, else as the category does. */
export async function routeOf(
  tx: Tx,
  category: TicketCategory,
  communityId: string,
): Promise<RouteOfTicket> {
  const own = await tx.maybe(sql<{
    roleId: string | null;
    staffId: string | null;
    firstReplyMinutes: number | null;
    resolveMinutes: number | null;
  }>`
    select role_id as "roleId", staff_id as "staffId",
      first_reply_minutes as "firstReplyMinutes", resolve_minutes as "resolveMinutes"
    from feedback.routing
    where company_id = ${tx.companyId} and community_id = ${communityId}
      and category_id = ${category.id}`);
  const receiver = own && (own.roleId ?? own.staffId) ? own : category;
  return {
    roleId: receiver.roleId,
    staffId: receiver.staffId,
    firstReplyMinutes: own?.firstReplyMinutes ?? category.firstReplyMinutes,
    resolveMinutes: own?.resolveMinutes ?? category.resolveMinutes,
  };
}

export interface Receivers {
  readonly roles: { id: string; name: { zh: string; en: string } }[];
  readonly staff: { id: string; name: string }[];
}

export async function receiversOf(tx: Tx): Promise<Receivers> {
  const [roles, staff] = await Promise.all([
    tx.many(sql<{ id: string; zh: string; en: string }>`
      select id, name as zh, name_en as en from identity.pub_role
      where company_id = ${tx.companyId} order by name`),
    tx.many(sql<{ id: string; name: string }>`
      select id, display_name as name from identity.pub_staff
      where company_id = ${tx.companyId} and state = 'active' order by display_name, id`),
  ]);
  return { roles: roles.map(({ id, zh, en }) => ({ id, name: { zh, en } })), staff };
}

/** Whether the named receivers exist, and the person works here. */
export async function areReceivers(
  tx: Tx,
  { roleId, staffId }: { readonly roleId: string | null; readonly staffId: string | null },
): Promise<boolean> {
  const { roles, staff } = await receiversOf(tx);
  const isRole = roleId === null || roles.some(({ id }) => id === roleId);
  return isRole && (staffId === null || staff.some(({ id }) => id === staffId));
}
