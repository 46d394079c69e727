import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { builtInCategories } from '../domain/categories.ts';
import { builtInId } from '../queries/categories.ts';

/** Makes the built-in categories rows, before something refers to one. */
export async function ensureCategories(tx: Tx, at: Date): Promise<void> {
  const some = await tx.maybe(sql`
    select id from feedback.category where company_id = ${tx.companyId} limit 1`);
  if (some) return;
  const of = <Value>(pick: (category: (typeof builtInCategories)[number]) => Value) =>
    builtInCategories.map(pick);
  await tx.run(sql`
    insert into feedback.category (company_id, id, code, name, name_en, is_dispute, sort_no,
      first_reply_minutes, resolve_minutes, updated_at)
    select c.id, x.id, x.code, x.name, x.name_en, x.is_dispute, x.sort_no, x.first, x.resolve,
      ${at}::timestamptz
    from identity.company as c
    cross join unnest(${of(({ code }) => builtInId(tx.companyId, code))}::uuid[],
      ${of(({ code }) => code)}::text[], ${of(({ name }) => name)}::text[],
      ${of(({ nameEn }) => nameEn)}::text[], ${of(({ isDispute }) => isDispute)}::boolean[],
      ${builtInCategories.map((_, index) => (index + 1) * 10)}::integer[],
      ${of(({ firstReplyMinutes }) => firstReplyMinutes)}::integer[],
      ${of(({ resolveMinutes }) => resolveMinutes)}::integer[])
      as x (id, code, name, name_en, is_dispute, sort_no, first, resolve)
    where c.id = ${tx.companyId}
    on conflict do nothing`);
}

export interface CategoryToSave {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly isActive: boolean;
  readonly sortNo: number;
  readonly roleId: string | null;
  readonly staffId: string | null;
  readonly firstReplyMinutes: number;
  readonly resolveMinutes: number;
}

export async function insertCategory(tx: Tx, category: CategoryToSave, at: Date): Promise<void> {
  await tx.run(sql`
    insert into feedback.category (company_id, id, code, name, name_en, is_active, sort_no,
      role_id, staff_id, first_reply_minutes, resolve_minutes, updated_at)
    values (${tx.companyId}, ${category.id}, ${category.code}, ${category.name},
      ${category.nameEn}, ${category.isActive}, ${category.sortNo}, ${category.roleId},
      ${category.staffId}, ${category.firstReplyMinutes}, ${category.resolveMinutes}, ${at})`);
}

/** The dispute category stays active: it is found by what it is for. */
export async function updateCategory(
  tx: Tx,
  category: Omit<CategoryToSave, 'code'>,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update feedback.category set name = ${category.name}, name_en = ${category.nameEn},
      is_active = ${category.isActive} or is_dispute, sort_no = ${category.sortNo},
      role_id = ${category.roleId}, staff_id = ${category.staffId},
      first_reply_minutes = ${category.firstReplyMinutes},
      resolve_minutes = ${category.resolveMinutes}, updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${category.id}`);
}

export interface RoutingToSave {
  readonly communityId: string;
  readonly categoryId: string;
  readonly roleId: string | null;
  readonly staffId: string | null;
  readonly firstReplyMinutes: number | null;
  readonly resolveMinutes: number | null;
}

export async function saveRouting(tx: Tx, routing: RoutingToSave, at: Date): Promise<string> {
  const { communityId, categoryId } = routing;
  const id = derivedId(tx.companyId, 'feedback.routing', communityId, categoryId);
  await tx.run(sql`
    insert into feedback.routing (company_id, id, community_id, category_id, role_id, staff_id,
      first_reply_minutes, resolve_minutes, updated_at)
    values (${tx.companyId}, ${id}, ${communityId}, ${categoryId}, ${routing.roleId},
      ${routing.staffId}, ${routing.firstReplyMinutes}, ${routing.resolveMinutes}, ${at})
    on conflict (company_id, id) do update set role_id = excluded.role_id,
      staff_id = excluded.staff_id, first_reply_minutes = excluded.first_reply_minutes,
      resolve_minutes = excluded.resolve_minutes, updated_at = excluded.updated_at`);
  return id;
}

export async function deleteRouting(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.run(sql`
    delete from feedback.routing where company_id = ${tx.companyId} and id = ${id}`);
  return rows === 1;
}
