import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { Settings } from '../queries/settings.ts';

export async function saveSettings(tx: Tx, settings: Settings, at: Date): Promise<void> {
  const { quietFrom, quietTo, caps } = settings;
  await tx.run(sql`
    insert into messaging.setting (company_id, id, quiet_from, quiet_to, caps, updated_at)
    values (${tx.companyId}, ${tx.companyId}, ${quietFrom}, ${quietTo}, ${JSON.stringify(caps)},
      ${at})
    on conflict (company_id, id) do update set quiet_from = excluded.quiet_from,
      quiet_to = excluded.quiet_to, caps = excluded.caps, updated_at = excluded.updated_at`);
}

export interface Preference {
  readonly purpose: string;
  readonly via: string;
  readonly isOn: boolean;
}

export async function savePreferences(
  tx: Tx,
  {
    recipientKey,
    preferences,
    at,
  }: { recipientKey: string; preferences: readonly Preference[]; at: Date },
): Promise<void> {
  if (preferences.length === 0) return;
  const ids = preferences.map(({ purpose, via }) =>
    derivedId('messaging.preference', tx.companyId, recipientKey, purpose, via),
  );
  await tx.run(sql`
    insert into messaging.preference (company_id, id, recipient_key, purpose, via, is_on,
      updated_at)
    select company.id, given.id, ${recipientKey}, given.purpose, given.via, given.is_on, ${at}
    from identity.company
    cross join unnest(${ids}::uuid[], ${preferences.map(({ purpose }) => purpose)}::text[],
      ${preferences.map(({ via }) => via)}::text[],
      ${preferences.map(({ isOn }) => isOn)}::boolean[]) as given (id, purpose, via, is_on)
    where company.id = ${tx.companyId}
    on conflict (company_id, id) do update set is_on = excluded.is_on,
      updated_at = excluded.updated_at`);
}
