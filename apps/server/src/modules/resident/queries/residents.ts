import { joinSql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { BindingRole } from './homes.ts';

export interface HomeOfRow {
  readonly bindingId: string;
  readonly unitId: string;
  readonly communityName: string;
  readonly label: string;
  readonly role: BindingRole;
}

export interface ResidentListRow {
  readonly residentId: string;
  readonly displayName: string | null;
  readonly phoneMasked: string | null;
  readonly state: 'active' | 'closed';
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly homes: readonly HomeOfRow[];
}

const columns = sql`account.id as "residentId", account.display_name as "displayName",
  account.phone_masked as "phoneMasked", account.state, account.created_at as "createdAt",
  (select max(session.last_seen_at) from resident.session as session
    where session.company_id = account.company_id and session.account_id = account.id
      and session.revoked_at is null) as "lastSeenAt",
  (select coalesce(jsonb_agg(jsonb_build_object('bindingId', binding.id, 'unitId', unit.id,
      'communityName', community.name, 'label', unit.label, 'role', binding.role)
      order by binding.bound_at, binding.id), '[]')
    from resident.binding as binding
    join estate.pub_unit as unit
      on unit.company_id = binding.company_id and unit.id = binding.unit_id
    join estate.pub_community as community
      on community.company_id = unit.company_id and community.id = unit.community_id
    where binding.company_id = account.company_id and binding.account_id = account.id
      and binding.ended_at is null) as homes`;

export interface ResidentFilter {
  readonly communityId?: string;
  readonly state?: 'active' | 'closed';
  readonly search?: {
    readonly phoneIndex: Buffer | null;
    readonly phoneEnd: string | null;
    readonly label: string;
  };
  readonly after: readonly (string | number)[] | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listResidents(tx: Tx, filter: ResidentFilter): Promise<ResidentListRow[]> {
  const { communityId, state, search, after, limit } = filter;
  const where: Statement[] = [sql`account.company_id = ${tx.companyId}`];
  if (state !== undefined) where.push(sql`account.state = ${state}`);
  if (communityId !== undefined) where.push(hasHome(sql`unit.community_id = ${communityId}`));
  if (search) where.push(meets(search));
  if (after) {
    where.push(sql`(account.created_at, account.id)
      < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  }
  return await tx.many(sql<ResidentListRow>`
    select ${columns} from resident.account as account
    where ${joinSql(where, ' and ')}
    order by account.created_at desc, account.id desc limit ${limit}`);
}

function meets(search: NonNullable<ResidentFilter['search']>): Statement {
  const { phoneIndex, phoneEnd, label } = search;
  if (phoneIndex !== null) return sql`account.phone_index = ${phoneIndex}`;
  const inHome = hasHome(sql`unit.label like ${`${label.replace(/[\\%_]/g, '\\$&')}%`}`);
  if (phoneEnd === null) return inHome;
  return sql`(right(account.phone_masked, 4) = ${phoneEnd} or ${inHome})`;
}

function hasHome(condition: Statement): Statement {
  return sql`exists (select from resident.binding as binding
    join estate.pub_unit as unit
      on unit.company_id = binding.company_id and unit.id = binding.unit_id
    where binding.company_id = account.company_id and binding.account_id = account.id
      and binding.ended_at is null and ${condition})`;
}

export interface ResidentDetailRow extends ResidentListRow {
  readonly emailMasked: string | null;
  readonly language: 'zh' | 'en';
  readonly isElder: boolean;
  readonly wallets: readonly { readonly scope: string; readonly linkedAt: string }[];
}

export async function residentDetail(
  tx: Tx,
  residentId: string,
): Promise<ResidentDetailRow | undefined> {
  return await tx.maybe(sql<ResidentDetailRow>`
    select ${columns}, account.email_masked as "emailMasked", account.language,
      account.is_elder as "isElder",
      (select coalesce(jsonb_agg(jsonb_build_object('scope', wallet.scope,
          'linkedAt', wallet.created_at) order by wallet.created_at, wallet.id), '[]')
        from resident.wallet_id as wallet
        where wallet.company_id = account.company_id and wallet.account_id = account.id) as wallets
    from resident.account as account
    where account.company_id = ${tx.companyId} and account.id = ${residentId}`);
}

export interface BindingRow extends HomeOfRow {
  readonly boundBy: 'phone' | 'account-number' | 'invitation' | 'application' | 'staff';
  readonly boundAt: Date;
  readonly boundByName: string | null;
  readonly inviterName: string | null;
  readonly inviterPhone: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** Those of today first, then the newest. */
export async function bindingRows(tx: Tx, residentId: string): Promise<BindingRow[]> {
  return await tx.many(sql<BindingRow>`
    select binding.id as "bindingId", unit.id as "unitId", community.name as "communityName",
      unit.label, binding.role, binding.bound_by as "boundBy", binding.bound_at as "boundAt",
      binding.bound_by_name as "boundByName", inviter.display_name as "inviterName",
      inviter.phone_masked as "inviterPhone", binding.ended_at as "endedAt",
      binding.end_reason as "endReason"
    from resident.binding as binding
    join estate.pub_unit as unit
      on unit.company_id = binding.company_id and unit.id = binding.unit_id
    join estate.pub_community as community
      on community.company_id = unit.company_id and community.id = unit.community_id
    left join resident.invitation as invitation
      on invitation.company_id = binding.company_id and invitation.id = binding.invitation_id
    left join resident.account as inviter
      on inviter.company_id = invitation.company_id and inviter.id = invitation.account_id
    where binding.company_id = ${tx.companyId} and binding.account_id = ${residentId}
    order by (binding.ended_at is null) desc, binding.bound_at desc, binding.id desc limit 200`);
}

export interface HistoryRow {
  readonly id: string;
  readonly at: Date;
  readonly actorName: string | null;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Of the home that the entry tells of. */
  readonly unitLabel: string | null;
}

/** What was done to something since a day, newest first. */
export async function historyRows(
  tx: Tx,
  subject: { readonly kind: 'resident' | 'home-application'; readonly id: string },
  since: string,
): Promise<HistoryRow[]> {
  return await tx.many(sql<HistoryRow>`
    select entry.id, entry.at, entry.actor_name as "actorName", entry.action, entry.detail,
      unit.label as "unitLabel"
    from platform.pub_audit_entry as entry
    left join estate.pub_unit as unit on unit.company_id = entry.company_id
      and unit.id = (entry.detail->>'unitId')::uuid
    where entry.company_id = ${tx.companyId} and entry.day >= ${since}
      and entry.subject_kind = ${subject.kind} and entry.subject_id = ${subject.id}
    order by entry.day desc, entry.id desc limit 100`);
}
