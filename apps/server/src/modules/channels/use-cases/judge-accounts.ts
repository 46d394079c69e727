import { systemActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { type Circuit, judged, type Seen, windowMs } from '../domain/circuit.ts';
import { noCalls, plus } from '../domain/health.ts';
import type { ChannelDeps } from '../open-account.ts';
import { circuitsOf, countsSince, type VerbCounts } from '../queries/health.ts';
import { saveCircuit } from '../store/circuit-store.ts';
import { addCounts, type MinuteCounts } from '../store/health-store.ts';

export type AccountCounts = MinuteCounts;

const minuteMs = 60_000;

export interface Turn {
  readonly id: string;
  readonly before: Circuit | undefined;
  readonly after: Circuit;
}

/** Writes what was counted, and opens or closes the circuits that it tells of. */
export async function judgeAccounts(
  deps: ChannelDeps,
  companyId: string,
  rows: readonly AccountCounts[],
): Promise<void> {
  const turns = await deps.db.transaction(companyId, async (tx) => {
    await addCounts(tx, rows);
    const ids = [...new Set(rows.map(({ merchantAccountId }) => merchantAccountId))].sort();
    const now = deps.clock.now();
    const circuits = await circuitsOf(tx, ids);
    const counts = await countsSince(
      tx,
      ids.map((id) => ({ id, since: judgedFrom(circuits.get(id), now) })),
    );
    const made = ids.flatMap((id): Turn[] => {
      const before = circuits.get(id);
      const after = judged(before, seenIn(counts, id), seenIn(rows, id), now);
      return after ? [{ id, before, after }] : [];
    });
    return await saveTurns(deps, tx, made);
  });
  for (const turn of turns) tell(deps, companyId, turn);
}

/** Whole minutes in which the circuit was as it is: older ones led to it. */
function judgedFrom(circuit: Circuit | undefined, now: Date): Date {
  const window = now.getTime() - windowMs;
  const since = circuit ? Math.ceil(circuit.since.getTime() / minuteMs) * minuteMs : 0;
  return new Date(Math.max(window, since));
}

function seenIn(rows: readonly VerbCounts[], id: string): Seen {
  const of = (verb: string) =>
    rows
      .filter((row) => row.merchantAccountId === id && row.verb === verb)
      .reduce((all, { counts }) => plus(all, counts), noCalls);
  return { prepay: of('prepay'), query: of('query') };
}

/** Writes turns with their audit and event. @returns those that nobody made meanwhile */
export async function saveTurns(
  deps: Pick<ChannelDeps, 'clock'>,
  tx: Tx,
  turns: readonly Turn[],
): Promise<Turn[]> {
  const saved: Turn[] = [];
  for (const turn of turns) {
    if (!(await saveCircuit(tx, turn))) continue;
    saved.push(turn);
    const { id, before, after } = turn;
    if (before?.state === after.state) continue;
    const { state, reason, openings } = after;
    await recordAudit(tx, deps.clock, {
      actor: systemActor(tx.companyId, 'channels.health'),
      action: 'channels.turn_circuit',
      subjectKind: 'merchant-account',
      subjectId: id,
      detail: { from: before?.state ?? 'closed', state, reason, openings },
    });
    const payload = { merchantAccountId: id, state, reason };
    await publish(tx, deps.clock, { topic: 'channels.circuit', payload });
  }
  return saved;
}

/** The alarm. Runbook: docs/runbooks/channel-circuit-open.md. */
export function tell(deps: Pick<ChannelDeps, 'log'>, companyId: string, turn: Turn): void {
  const { id: merchantAccountId, before, after } = turn;
  if (before?.state === after.state) return;
  const facts = { companyId, merchantAccountId, reason: after.reason, openings: after.openings };
  if (after.state === 'open') deps.log.error(facts, 'a channel circuit opened');
  else deps.log.warn(facts, `a channel circuit is ${after.state}`);
}
