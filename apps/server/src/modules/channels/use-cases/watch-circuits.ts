import type { Deps } from '../../../platform/deps.ts';
import { type Circuit, probed } from '../domain/circuit.ts';
import { openAccount } from '../open-account.ts';
import { circuitsOf, dueCircuits } from '../queries/health.ts';
import { channelOf } from '../registry.ts';
import { takeProbe } from '../store/circuit-store.ts';
import { saveTurns, type Turn, tell } from './judge-accounts.ts';

/** Longer than a probe may take: a process that died leaves it to another one after this. */
const probeMs = 60_000;
/** Probes under way at once; each may take 8 seconds. */
const atOnce = 5;

/** Probes the open circuits that are due: a clear answer lets new attempts try again. */
export async function watchCircuits(deps: Deps): Promise<void> {
  const due = await dueCircuits(deps.jobsDb.global, deps.clock.now());
  for (let first = 0; first < due.length; first += atOnce) {
    await Promise.all(due.slice(first, first + atOnce).map((one) => probe(deps, one)));
  }
}

async function probe(deps: Deps, { companyId, id }: { companyId: string; id: string }) {
  const circuit = await take(deps, companyId, id);
  const context = circuit && (await openAccount(deps, companyId, { id }));
  if (!circuit || !context) return;
  const { ok, code } = await channelOf(context.account.channel).test(context);
  const turn: Turn = { id, before: circuit, after: probed(circuit, ok, code, deps.clock.now()) };
  const turns = await deps.db.transaction(companyId, (tx) => saveTurns(deps, tx, [turn]));
  for (const made of turns) tell(deps, companyId, made);
}

async function take(deps: Deps, companyId: string, id: string): Promise<Circuit | undefined> {
  const at = deps.clock.now();
  const until = new Date(at.getTime() + probeMs);
  return await deps.db.transaction(companyId, async (tx) => {
    if (!(await takeProbe(tx, { id, at, until }))) return undefined;
    return (await circuitsOf(tx, [id])).get(id);
  });
}
