import { sql, type Tx } from '../../../platform/database/index.ts';

export async function savePause(
  tx: Tx,
  pause: {
    readonly unitId: string;
    readonly until: string;
    readonly reason: string;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into reminders.pause (company_id, id, until, reason, paused_by, paused_at)
    values (${tx.companyId}, ${pause.unitId}, ${pause.until}, ${pause.reason}, ${pause.by},
      ${pause.at})
    on conflict (company_id, id) do update set until = excluded.until, reason = excluded.reason,
      paused_by = excluded.paused_by, paused_at = excluded.paused_at`);
}

export async function deletePause(tx: Tx, unitId: string): Promise<boolean> {
  const deleted = await tx.run(sql`
    delete from reminders.pause where company_id = ${tx.companyId} and id = ${unitId}`);
  return deleted === 1;
}
