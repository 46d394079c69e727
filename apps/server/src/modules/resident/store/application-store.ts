import { sql, type Tx } from '../../../platform/database/index.ts';
import type { BindingRole } from '../queries/homes.ts';

export interface NewApplication {
  readonly id: string;
  readonly accountId: string;
  readonly unitId: string;
  readonly role: BindingRole;
  readonly nameCipher: Buffer;
  readonly nameIndex: Buffer;
  readonly nameMasked: string;
  readonly reason: string;
}

/** @returns false when the account has one for this home that is open */
export async function insertApplication(
  tx: Tx,
  application: NewApplication,
  at: Date,
): Promise<boolean> {
  const written = await tx.run(sql`
    insert into resident.application (company_id, id, account_id, unit_id, role, name_cipher,
      name_index, name_masked, reason, created_at)
    values (${tx.companyId}, ${application.id}, ${application.accountId}, ${application.unitId},
      ${application.role}, ${application.nameCipher}, ${application.nameIndex},
      ${application.nameMasked}, ${application.reason}, ${at})
    on conflict (company_id, account_id, unit_id) where state = 'open' do nothing`);
  return written === 1;
}

export async function countOpenApplications(tx: Tx, accountId: string): Promise<number> {
  const { count } = await tx.one(sql<{ count: number }>`
    select count(*) as count from resident.application
    where company_id = ${tx.companyId} and account_id = ${accountId} and state = 'open'`);
  return count;
}

export interface LockedApplication {
  readonly id: string;
  readonly accountId: string;
  readonly unitId: string;
  readonly role: BindingRole;
  readonly state: 'open' | 'approved' | 'rejected' | 'withdrawn';
  readonly nameCipher: Buffer | null;
  readonly photos: number;
}

/** What was counted while waiting for the lock would be old, so it is counted after. */
export async function lockApplication(
  tx: Tx,
  applicationId: string,
): Promise<LockedApplication | undefined> {
  await tx.many(sql`
    select id from resident.application
    where company_id = ${tx.companyId} and id = ${applicationId} for update`);
  return await tx.maybe(sql<LockedApplication>`
    select application.id, application.account_id as "accountId",
      application.unit_id as "unitId", application.role, application.state,
      application.name_cipher as "nameCipher",
      (select count(*) from resident.application_photo as photo
        where photo.company_id = application.company_id
          and photo.application_id = application.id) as photos
    from resident.application as application
    where application.company_id = ${tx.companyId} and application.id = ${applicationId}`);
}

export interface Decision {
  readonly state: 'approved' | 'rejected';
  readonly staffId: string;
  readonly staffName: string;
  readonly reason: string;
}

export async function decideApplication(
  tx: Tx,
  applicationId: string,
  { state, staffId, staffName, reason }: Decision,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update resident.application set state = ${state}, decided_at = ${at}, decided_by = ${staffId},
      decided_by_name = ${staffName}, decision_reason = ${reason}
    where company_id = ${tx.companyId} and id = ${applicationId} and state = 'open'`);
}

export async function withdrawApplication(tx: Tx, applicationId: string, at: Date): Promise<void> {
  await tx.run(sql`
    update resident.application set state = 'withdrawn', decided_at = ${at}
    where company_id = ${tx.companyId} and id = ${applicationId} and state = 'open'`);
}

/** Names, reasons and photos of whoever closes the account; what was decided stays. */
export async function eraseApplications(tx: Tx, accountId: string, at: Date): Promise<void> {
  const { companyId } = tx;
  await tx.run(sql`
    delete from resident.application_photo where company_id = ${companyId}
      and application_id in (select id from resident.application
        where company_id = ${companyId} and account_id = ${accountId})`);
  await tx.run(sql`
    update resident.application set name_cipher = null, name_index = null, name_masked = null,
      reason = null, state = case state when 'open' then 'withdrawn' else state end,
      decided_at = coalesce(decided_at, ${at})
    where company_id = ${companyId} and account_id = ${accountId}`);
}

export interface NewPhoto {
  readonly id: string;
  readonly applicationId: string;
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly contentCipher: Buffer;
}

export async function insertPhoto(tx: Tx, photo: NewPhoto, at: Date): Promise<void> {
  await tx.run(sql`
    insert into resident.application_photo (company_id, id, application_id, media_type,
      content_cipher, created_at)
    values (${tx.companyId}, ${photo.id}, ${photo.applicationId}, ${photo.mediaType},
      ${photo.contentCipher}, ${at})`);
}
