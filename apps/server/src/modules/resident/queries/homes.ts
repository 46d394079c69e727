import { sql, type Tx } from '../../../platform/database/index.ts';

export type GivenRole = 'tenant' | 'family' | 'payer';
export type BindingRole = 'owner' | GivenRole;

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

export interface PersonOfHome {
  readonly bindingId: string;
  readonly accountId: string;
  readonly displayName: string | null;
  readonly phoneMasked: string | null;
  readonly role: BindingRole;
  readonly boundBy: 'phone' | 'account-number' | 'invitation' | 'application' | 'staff';
  readonly boundAt: Date;
  /** Of whoever invited them. */
  readonly inviterName: string | null;
  readonly inviterPhone: string | null;
}

/** Everybody with access to a home, in the order in which they were let in. */
export async function peopleOfHome(tx: Tx, unitId: string): Promise<PersonOfHome[]> {
  return await tx.many(sql<PersonOfHome>`
    select binding.id as "bindingId", account.id as "accountId",
      account.display_name as "displayName", account.phone_masked as "phoneMasked", binding.role,
      binding.bound_by as "boundBy", binding.bound_at as "boundAt",
      inviter.display_name as "inviterName", inviter.phone_masked as "inviterPhone"
    from resident.binding as binding
    join resident.account as account
      on account.company_id = binding.company_id and account.id = binding.account_id
    left join resident.invitation as invitation
      on invitation.company_id = binding.company_id and invitation.id = binding.invitation_id
    left join resident.account as inviter
      on inviter.company_id = invitation.company_id and inviter.id = invitation.account_id
    where binding.company_id = ${tx.companyId} and binding.unit_id = ${unitId}
      and binding.ended_at is null
    order by binding.bound_at, binding.id`);
}

export interface OpenInvitation {
  readonly invitationId: string;
  readonly role: GivenRole;
  readonly note: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function openInvitations(tx: Tx, unitId: string, at: Date): Promise<OpenInvitation[]> {
  return await tx.many(sql<OpenInvitation>`
    select id as "invitationId", role, note, created_at as "createdAt", expires_at as "expiresAt"
    from resident.invitation
    where company_id = ${tx.companyId} and unit_id = ${unitId} and accepted_at is null
      and revoked_at is null and expires_at > ${at}
    order by created_at desc, id desc`);
}

export interface SeenInvitation extends OpenInvitation {
  readonly communityName: string;
  readonly label: string;
  readonly inviterName: string | null;
  readonly inviterPhone: string | null;
}

/** An invitation that can be accepted: whoever invites is still an owner. */
export async function invitationOfCode(
  tx: Tx,
  codeIndex: Buffer,
  at: Date,
): Promise<SeenInvitation | undefined> {
  return await tx.maybe(sql<SeenInvitation>`
    select invitation.id as "invitationId", invitation.role, invitation.note,
      invitation.created_at as "createdAt", invitation.expires_at as "expiresAt",
      community.name as "communityName", unit.label, inviter.display_name as "inviterName",
      inviter.phone_masked as "inviterPhone"
    from resident.invitation as invitation
    join estate.pub_unit as unit
      on unit.company_id = invitation.company_id and unit.id = invitation.unit_id
    join estate.pub_community as community
      on community.company_id = unit.company_id and community.id = unit.community_id
    join resident.account as inviter
      on inviter.company_id = invitation.company_id and inviter.id = invitation.account_id
    join resident.binding as owner
      on owner.company_id = invitation.company_id and owner.unit_id = invitation.unit_id
        and owner.account_id = invitation.account_id and owner.role = 'owner'
        and owner.ended_at is null
    where invitation.company_id = ${tx.companyId} and invitation.code_index = ${codeIndex}
      and invitation.accepted_at is null and invitation.revoked_at is null
      and invitation.expires_at > ${at}`);
}
