import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Mandate, StoppedBy } from '../domain/mandate.ts';
import { compareEveryMs, lateChecksMs } from '../limits.ts';
import { coveredUnits } from '../queries/covered-units.ts';
import {
  endCovers,
  endLostHomes,
  hasLiveCovers,
  makeCoversLive,
  takeOwnCovers,
} from '../store/cover-store.ts';
import { billsOfDebit, endDebit, openDebitOf } from '../store/debit-store.ts';
import { record } from '../store/log-store.ts';
import {
  lockMandate,
  markActive,
  markEnded,
  markStopping,
  planAgainAt,
  stateAtChannel,
} from '../store/mandate-store.ts';
import { tellPayer } from './tell-payer.ts';

type StepDeps = Pick<Deps, 'clock' | 'secrets' | 'publicUrl'>;

/**
 * Makes a mandate follow what the channel's books say. Repeatable, in any order of news.
 * @returns the mandate as it was before, locked; undefined for one that is not ours
 */
export async function followChannel(
  tx: Tx,
  deps: StepDeps,
  mandateId: string,
): Promise<Mandate | undefined> {
  const mandate = await lockMandate(tx, mandateId);
  if (!mandate) return undefined;
  const known = await stateAtChannel(tx, mandate);
  const at = deps.clock.now();
  if (known?.state === 'active') {
    if (mandate.state === 'requested') await activate(tx, deps, mandate, known.signedAt ?? at);
    // Signed after it was given up here: it has to be ended there.
    if (mandate.state === 'ended') {
      const by = mandate.stoppedBy ?? 'unsigned';
      await markStopping(tx, mandate.id, { at, by, note: null });
    }
  }
  if (known?.state === 'ended' && mandate.state !== 'ended') {
    await finish(tx, deps, mandate, 'channel');
  }
  return mandate;
}

async function activate(tx: Tx, deps: StepDeps, mandate: Mandate, signedAt: Date): Promise<void> {
  const at = deps.clock.now();
  const { id: mandateId, accountId, channel: actor } = mandate;
  const checkAt = new Date(at.getTime() + compareEveryMs);
  await markActive(tx, mandateId, { signedAt, checkAt, planAt: at });
  await record(tx, { mandateId, kind: 'signed', actor, at });
  for (const oldId of await takeOwnCovers(tx, { mandateId, accountId, at })) {
    await shrink(tx, deps, oldId);
  }
  if ((await makeCoversLive(tx, mandateId, at)) > 0) return;
  await stopWithin(tx, deps, { mandateId, by: 'home', actor: 'autopay', note: null });
}

/** A mandate that was signed again pays less, or nothing any more. */
async function shrink(tx: Tx, deps: StepDeps, mandateId: string): Promise<void> {
  if (await hasLiveCovers(tx, mandateId)) {
    await dropOpenDebit(tx, deps, mandateId, 'bills-changed');
    await planAgainAt(tx, mandateId, deps.clock.now());
  } else {
    await stopWithin(tx, deps, { mandateId, by: 'replaced', actor: 'autopay', note: null });
  }
}

export interface Stop {
  readonly mandateId: string;
  readonly by: StoppedBy;
  readonly actor: string;
  readonly note: string | null;
}

/**
 * From the commit on no debit of the mandate starts: whoever starts one holds its row.
 * @returns the debit that the channel was already asked for
 */
export async function stopWithin(tx: Tx, deps: StepDeps, stop: Stop): Promise<string | undefined> {
  const { mandateId, by, actor, note } = stop;
  const at = deps.clock.now();
  await markStopping(tx, mandateId, { at, by, note });
  await record(tx, { mandateId, kind: 'stopping', actor, detail: { by, note }, at });
  await endCovers(tx, mandateId, { at, reason: 'mandate' });
  return await dropOpenDebit(tx, deps, mandateId, 'stopped');
}

/** @returns the id of an open debit that has started and cannot be called off */
export async function dropOpenDebit(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  mandateId: string,
  code: 'stopped' | 'bills-changed' | 'home-left' | 'over-limit',
): Promise<string | undefined> {
  const debit = await openDebitOf(tx, mandateId);
  if (!debit) return undefined;
  if (debit.state === 'started') return debit.id;
  const at = deps.clock.now();
  const { id: debitId } = debit;
  await endDebit(tx, debitId, { state: 'dropped', at, code });
  await record(tx, { mandateId, debitId, kind: 'dropped', actor: 'autopay', detail: { code }, at });
  return undefined;
}

/** The channel confirms that it is over, or that it never began. */
export async function finish(
  tx: Tx,
  deps: StepDeps,
  mandate: Mandate,
  by: StoppedBy,
): Promise<void> {
  const at = deps.clock.now();
  const { id: mandateId, state, signedAt } = mandate;
  const lateMs = lateChecksMs[0];
  const isLate = signedAt === null && lateMs !== undefined;
  const checkAt = isLate ? new Date(at.getTime() + lateMs) : null;
  await markEnded(tx, mandateId, { at, by, checkAt });
  await endCovers(tx, mandateId, { at, reason: 'mandate' });
  await dropOpenDebit(tx, deps, mandateId, 'stopped');
  const kind = state === 'requested' ? 'unsigned' : 'ended';
  await record(tx, { mandateId, kind, actor: mandate.channel, detail: { by }, at });
  if (state !== 'active') return; // Whoever stopped it here was told so on the spot.
  await tellPayer(tx, deps, {
    mandate,
    about: ['stopped', mandateId],
    templateKey: 'autopay.stopped',
    unitIds: await coveredUnits(tx, mandateId),
    variables: { reason: { zh: '已在钱包中关闭', en: 'switched off in the wallet' } },
  });
}

/**
 * Homes that the payer left are not paid any more; with the last one the mandate ends. The mandate
 * is locked. @returns whether there were any
 */
export async function leaveLostHomes(tx: Tx, deps: StepDeps, mandateId: string): Promise<boolean> {
  const at = deps.clock.now();
  const lost = await endLostHomes(tx, mandateId, at);
  if (lost.length === 0) return false;
  await record(tx, { mandateId, kind: 'home-left', actor: 'autopay', at });
  const open = await openDebitOf(tx, mandateId);
  const bills = open ? await billsOfDebit(tx, open.id) : [];
  if (bills.some(({ unitId }) => lost.includes(unitId))) {
    await dropOpenDebit(tx, deps, mandateId, 'home-left');
  }
  if (await hasLiveCovers(tx, mandateId)) await planAgainAt(tx, mandateId, at);
  else await stopWithin(tx, deps, { mandateId, by: 'home', actor: 'autopay', note: null });
  return true;
}
