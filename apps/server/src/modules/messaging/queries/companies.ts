import { type Database, sql } from '../../../platform/database/index.ts';

export async function allCompanies(jobsDb: Database): Promise<{ readonly id: string }[]> {
  return await jobsDb.global.many(sql<{ id: string }>`select id from identity.company`);
}
