import { sql, type Tx } from '../../../platform/database/index.ts';
import type { GivenRole } from '../queries/homes.ts';

export interface NewInvitation {
  readonly id: string;
  readonly unitId: string;
  readonly accountId: string;
  readonly role: GivenRole;
  readonly note: string | null;
  readonly codeIndex: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function insertInvitation(tx: Tx, invitation: NewInvitation): Promise<void> {
  await tx.run(sql`
    insert into resident.invitation (company_id, id, unit_id, account_id, role, note, code_index,
      created_at, expires_at)
    values (${tx.companyId}, ${invitation.id}, ${invitation.unitId}, ${invitation.accountId},
      ${invitation.role}, ${invitation.note}, ${invitation.codeIndex}, ${invitation.createdAt},
      ${invitation.expiresAt})`);
}

export interface LockedInvitation {
  readonly id: string;
  readonly unitId: string;
  readonly ownerId: string;
  readonly role: GivenRole;
  readonly acceptedBy: string | null;
  /** Not used, not revoked, not too old, and whoever invited is still an owner. */
  readonly isOpen: boolean;
}

/** Waits for whoever accepts it at the same moment. */
export async function lockInvitation(
  tx: Tx,
  codeIndex: Buffer,
  at: Date,
): Promise<LockedInvitation | undefined> {
  await tx.many(sql`
    select id from resident.invitation
    where company_id = ${tx.companyId} and code_index = ${codeIndex} for update`);
  return await tx.maybe(sql<LockedInvitation>`
    select invitation.id, invitation.unit_id as "unitId", invitation.account_id as "ownerId",
      invitation.role, invitation.accepted_by as "acceptedBy",
      invitation.accepted_at is null and invitation.revoked_at is null
        and invitation.expires_at > ${at}
        and exists (select from resident.binding as owner
          where owner.company_id = invitation.company_id and owner.unit_id = invitation.unit_id
            and owner.account_id = invitation.account_id and owner.role = 'owner'
            and owner.ended_at is null) as "isOpen"
    from resident.invitation as invitation
    where invitation.company_id = ${tx.companyId} and invitation.code_index = ${codeIndex}`);
}

export async function acceptInvitation(
  tx: Tx,
  invitationId: string,
  accountId: string,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update resident.invitation set accepted_at = ${at}, accepted_by = ${accountId}
    where company_id = ${tx.companyId} and id = ${invitationId} and accepted_at is null`);
}

/** @returns whether it was open and of this home */
export async function revokeInvitation(
  tx: Tx,
  input: { readonly invitationId: string; readonly unitId: string },
  at: Date,
): Promise<boolean> {
  const revoked = await tx.run(sql`
    update resident.invitation set revoked_at = ${at}
    where company_id = ${tx.companyId} and id = ${input.invitationId}
      and unit_id = ${input.unitId} and accepted_at is null and revoked_at is null`);
  return revoked === 1;
}

/** Whoever loses a home invites nobody to it any more. */
export async function revokeInvitationsOf(
  tx: Tx,
  owners: readonly { readonly accountId: string; readonly unitId: string }[],
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update resident.invitation set revoked_at = ${at}
    where company_id = ${tx.companyId} and accepted_at is null and revoked_at is null
      and (account_id, unit_id) in (
        select * from unnest(${owners.map(({ accountId }) => accountId)}::uuid[],
          ${owners.map(({ unitId }) => unitId)}::uuid[]))`);
}

export async function countOpenInvitations(tx: Tx, unitId: string, at: Date): Promise<number> {
  const { count } = await tx.one(sql<{ count: number }>`
    select count(*) as count from resident.invitation
    where company_id = ${tx.companyId} and unit_id = ${unitId} and accepted_at is null
      and revoked_at is null and expires_at > ${at}`);
  return count;
}
