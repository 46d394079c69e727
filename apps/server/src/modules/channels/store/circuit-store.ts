import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Circuit } from '../domain/circuit.ts';

/**
 * Writes what a circuit has become, unless somebody else changed it since it was read.
 * @returns whether it was written
 */
export async function saveCircuit(
  tx: Tx,
  input: { readonly id: string; readonly before: Circuit | undefined; readonly after: Circuit },
): Promise<boolean> {
  const { id, before, after } = input;
  const written = await tx.run(sql`
    insert into channels.circuit (company_id, id, state, since, reason, openings, retry_at,
      trial_at)
    values (${tx.companyId}, ${id}, ${after.state}, ${after.since}, ${after.reason},
      ${after.openings}, ${after.retryAt}, ${after.trialAt})
    on conflict (company_id, id) do update
    set state = excluded.state, since = excluded.since, reason = excluded.reason,
      openings = excluded.openings, retry_at = excluded.retry_at, trial_at = excluded.trial_at
    where circuit.state = ${before?.state ?? ''} and circuit.since = ${before?.since ?? null}`);
  return written === 1;
}

/** Takes the turn of a half-open circuit. @returns whether this attempt may go through */
export async function takeTrial(
  tx: Tx,
  trial: { readonly id: string; readonly at: Date; readonly before: Date },
): Promise<boolean> {
  const taken = await tx.run(sql`
    update channels.circuit set trial_at = ${trial.at}
    where company_id = ${tx.companyId} and id = ${trial.id} and state = 'half-open'
      and (trial_at is null or trial_at <= ${trial.before})`);
  return taken === 1;
}

/** Takes the probe of an open circuit that is due, so that no other process probes it too. */
export async function takeProbe(
  tx: Tx,
  probe: { readonly id: string; readonly at: Date; readonly until: Date },
): Promise<boolean> {
  const taken = await tx.run(sql`
    update channels.circuit set retry_at = ${probe.until}
    where company_id = ${tx.companyId} and id = ${probe.id} and state = 'open'
      and retry_at <= ${probe.at}`);
  return taken === 1;
}
