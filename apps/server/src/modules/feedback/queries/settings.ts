import type { FeedbackSettings } from '@wuye-pay/contract';
import { type Database, sql, type Tx } from '../../../platform/database/index.ts';
import type { OfficeCalendar } from '../domain/office-time.ts';
import { defaultSettings } from '../domain/settings.ts';

export async function settingsOf(tx: Tx): Promise<FeedbackSettings> {
  const row = await tx.maybe(sql<{ content: FeedbackSettings }>`
    select content from feedback.setting
    where company_id = ${tx.companyId} and id = ${tx.companyId}`);
  return { ...defaultSettings, ...row?.content };
}

export interface Company {
  readonly name: string;
  readonly shortCode: string;
  readonly timeZone: string;
}

export async function companyOf(tx: Tx): Promise<Company> {
  return await tx.one(sql<Company>`
    select name, short_code as "shortCode", time_zone as "timeZone"
    from identity.company where id = ${tx.companyId}`);
}

/** Settings and the calendar by which its clocks run. */
export async function rulesOf(tx: Tx) {
  const [settings, company] = await Promise.all([settingsOf(tx), companyOf(tx)]);
  const calendar: OfficeCalendar = { ...settings, timeZone: company.timeZone };
  return { settings, company, calendar };
}

/** For jobs. */
export async function everyCompany(db: Database): Promise<string[]> {
  const rows = await db.global.many(sql<{ id: string }>`
    select id from identity.company order by id`);
  return rows.map(({ id }) => id);
}
