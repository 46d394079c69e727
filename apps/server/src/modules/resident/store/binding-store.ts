import { sql, type Tx } from '../../../platform/database/index.ts';
import type { BindingRole } from '../queries/homes.ts';

export type BoundBy = 'phone' | 'account-number' | 'invitation' | 'application' | 'staff';

export interface NewBinding {
  readonly id: string;
  readonly accountId: string;
  readonly unitId: string;
  /** Of the house list, when the binding stands and falls with them. */
  readonly personId: string | null;
  readonly role: BindingRole;
  readonly boundBy: BoundBy;
  readonly invitationId?: string;
  readonly applicationId?: string;
  /** Of the member of staff. */
  readonly boundByName?: string;
}

export async function insertBinding(tx: Tx, binding: NewBinding, at: Date): Promise<void> {
  await tx.run(sql`
    insert into resident.binding (company_id, id, account_id, unit_id, person_id, role, bound_by,
      bound_at, invitation_id, application_id, bound_by_name)
    values (${tx.companyId}, ${binding.id}, ${binding.accountId}, ${binding.unitId},
      ${binding.personId}, ${binding.role}, ${binding.boundBy}, ${at},
      ${binding.invitationId ?? null}, ${binding.applicationId ?? null},
      ${binding.boundByName ?? null})`);
}

export interface CurrentBinding {
  readonly id: string;
  readonly accountId: string;
  readonly unitId: string;
  readonly role: BindingRole;
}

const current = sql`id, account_id as "accountId", unit_id as "unitId", role`;

/** The account is locked before, so two at once do not both find nothing. */
export async function currentBinding(
  tx: Tx,
  { accountId, unitId }: { readonly accountId: string; readonly unitId: string },
): Promise<CurrentBinding | undefined> {
  return await tx.maybe(sql<CurrentBinding>`
    select ${current} from resident.binding
    where company_id = ${tx.companyId} and account_id = ${accountId} and unit_id = ${unitId}
      and ended_at is null`);
}

export interface BindingCounts {
  readonly homes: number;
  readonly people: number;
}

export async function countBindings(
  tx: Tx,
  { accountId, unitId }: { readonly accountId: string; readonly unitId: string },
): Promise<BindingCounts> {
  return await tx.one(sql<BindingCounts>`
    select count(*) filter (where account_id = ${accountId}) as homes,
      count(*) filter (where unit_id = ${unitId}) as people
    from resident.binding
    where company_id = ${tx.companyId} and ended_at is null
      and (account_id = ${accountId} or unit_id = ${unitId})`);
}

export interface Ending {
  readonly endedBy: string;
  readonly reason: string;
}

/** Ends bindings that have not ended. @returns those that did end here */
export async function endBindings(
  tx: Tx,
  bindingIds: readonly string[],
  { endedBy, reason }: Ending,
  at: Date,
): Promise<CurrentBinding[]> {
  return await tx.many(sql<CurrentBinding>`
    update resident.binding set ended_at = ${at}, ended_by = ${endedBy}, end_reason = ${reason}
    where company_id = ${tx.companyId} and id = any (${bindingIds}::uuid[]) and ended_at is null
    returning ${current}`);
}

/** Current bindings of an account, locked in key order. */
export async function lockBindingsOf(tx: Tx, accountId: string): Promise<CurrentBinding[]> {
  return await tx.many(sql<CurrentBinding>`
    select ${current} from resident.binding
    where company_id = ${tx.companyId} and account_id = ${accountId} and ended_at is null
    order by id for update`);
}

/** Current bindings of those whom these accounts let in to these homes. */
export async function guestsOf(
  tx: Tx,
  owners: readonly { readonly accountId: string; readonly unitId: string }[],
): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select binding.id from resident.binding as binding
    join resident.invitation as invitation
      on invitation.company_id = binding.company_id and invitation.id = binding.invitation_id
    join unnest(${owners.map(({ accountId }) => accountId)}::uuid[],
      ${owners.map(({ unitId }) => unitId)}::uuid[]) as owner (account_id, unit_id)
      on owner.account_id = invitation.account_id and owner.unit_id = invitation.unit_id
    where binding.company_id = ${tx.companyId} and invitation.company_id = ${tx.companyId}
      and binding.ended_at is null
    order by binding.id`);
  return rows.map(({ id }) => id);
}
