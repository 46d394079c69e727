import { type Database, sql, type Tx } from '../../../platform/database/index.ts';

export interface Company {
  readonly shortCode: string;
  readonly timeZone: string;
}

export function companyOf(tx: Tx): Promise<Company> {
  return tx.one(sql<Company>`
    select short_code as "shortCode", time_zone as "timeZone" from identity.company
    where id = ${tx.companyId}`);
}

/** Companies with an active plan, for the jobs. */
export async function companiesWithPlans(jobsDb: Database): Promise<string[]> {
  const rows = await jobsDb.global.many(sql<{ companyId: string }>`
    select company_id as "companyId" from reminders.plan where state = 'active'
    group by company_id order by company_id`);
  return rows.map(({ companyId }) => companyId);
}

/** Companies with reminders whose messages are not in the queue yet. */
export async function companiesWithPlanned(jobsDb: Database): Promise<string[]> {
  const rows = await jobsDb.global.many(sql<{ companyId: string }>`
    select company_id as "companyId" from reminders.reminder where state = 'planned'
    group by company_id order by company_id`);
  return rows.map(({ companyId }) => companyId);
}

/** Companies with notices whose messages may have moved on. */
export async function companiesWithNotices(jobsDb: Database, since: Date): Promise<string[]> {
  const rows = await jobsDb.global.many(sql<{ companyId: string }>`
    select company_id as "companyId" from reminders.notice where released_at >= ${since}
    group by company_id order by company_id`);
  return rows.map(({ companyId }) => companyId);
}

export async function communitiesOf(tx: Tx, communityId: string | null): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from estate.pub_community where company_id = ${tx.companyId}
      and (${communityId}::uuid is null or id = ${communityId}) order by id`);
  return rows.map(({ id }) => id);
}
