import type { ChannelsDoor } from '../../../apps/server/src/modules/payment/index.ts';
import {
  decideOnPolicy,
  proposePolicy,
  reissueRefund,
} from '../../../apps/server/src/modules/payment/index.ts';
import { AppError } from '../../../apps/server/src/platform/errors.ts';
import type { TestSystem } from '../../../apps/server/test/harness.ts';
import { nothingUnderWay as stillUnderWay } from './answers.ts';
import type { RunCompany } from './companies.ts';
import type { Outside } from './outside.ts';
import { perform, sweep, tell } from './play.ts';
import { preludes } from './preludes.ts';
import { Killed, mortalProcess, type Sabotage } from './process.ts';
import { brokenNow, brokenWhenQuiet } from './promises.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { Notes, Process, Stage } from './stage.ts';
import type { Batch, Script, Step } from './steps.ts';
import { allWallets, type World, worldOf } from './world.ts';

/** How often each interesting branch was reached. */
export type Reached = Map<string, number>;

export interface RunInput {
  readonly system: TestSystem;
  readonly company: RunCompany;
  readonly script: Script;
  readonly reached: Reached;
  readonly broken?: Broken | undefined;
}

/** A machine that is broken on purpose: the alarm must go off. */
export interface Broken {
  readonly sabotage?: Sabotage;
  /** Hears the channels wrongly. */
  readonly mishear?: (door: ChannelsDoor, world: World) => ChannelsDoor;
}

export interface Run extends RunInput {
  readonly world: World;
  readonly notes: Notes;
  readonly outside: Outside;
  /** Errors that the machine caught and only logged. */
  readonly logged: unknown[];
  last: Snapshot | undefined;
}

/** Plays a script, lets everything come to rest, and throws with every promise that was broken. */
export async function playRun(input: RunInput): Promise<void> {
  const run = beginning(input);
  if (input.script.hasPolicy) await setPolicy(run);
  for (const batch of preludes[input.script.prelude]) await playBatch(run, batch);
  for (const batch of input.script.batches) await playBatch(run, batch);
  await comeToRest(run);
  count(run);
}

export function beginning(input: RunInput): Run {
  const world = worldOf(input.system, input.company);
  const notes: Notes = { liedAbout: new Set(), acknowledged: new Set(), answers: new Map() };
  const outside = { ...notes, wallets: allWallets(world) };
  return { ...input, world, notes, outside, logged: [], last: undefined };
}

/** Two people let the system refund an exact duplicate or a late payment by itself. */
async function setPolicy({ world }: Run): Promise<void> {
  const { deps, maker, checker } = world;
  const wish = { secondPayment: true, closedPayment: true, mostFen: 1_000_000_00, reason: '重复' };
  const { id: policyId } = await proposePolicy(deps, { actor: maker, ...wish });
  await decideOnPolicy(deps, { actor: checker, policyId, to: 'active' });
}

/** A process begins, does its steps at the same time, and may die; the next batch has a new one. */
async function playBatch(run: Run, { steps, dieAt }: Batch): Promise<void> {
  const seen = run.last ?? (await look(run));
  const process = processOf(run, dieAt);
  const stage: Stage = { ...run, process, seen };
  const results = await Promise.allSettled(steps.map((step) => perform(stage, step)));
  results.forEach((result, index) => {
    const kind = steps[index]?.kind ?? '';
    if (result.status === 'rejected') judge(run, kind, result.reason);
    else reach(run.reached, `${kind} done`);
  });
  if (steps.some(touchesOurBooks)) await look(run);
}

/** The others happen outside, at the channel or on the clock. */
function touchesOurBooks({ kind }: Step): boolean {
  return ![
    'pay',
    'pay-unknown',
    'wait',
    'fault',
    'pay-during',
    'mood',
    'progress',
    'bounce',
    'unasked',
  ].includes(kind);
}

export function processOf(run: Run, dieAt: Batch['dieAt']): Process {
  const { world, reached, logged, broken } = run;
  let passed = 0;
  return mortalProcess({
    deps: { ...world.deps, log: listener(logged) },
    companyId: world.company.companyId,
    channels: broken?.mishear?.(world.door, world) ?? world.door,
    sabotage: broken?.sabotage,
    dies: (name) => {
      passed += 1;
      reach(reached, name);
      const isEnd = passed === dieAt || name === dieAt;
      if (isEnd) reach(reached, `killed at ${name}`);
      return isEnd;
    },
  });
}

/** The machine catches what one order must not do to others, and logs it: no hiding place. */
function listener(logged: unknown[]) {
  const take = (facts: object) => {
    if ('err' in facts) logged.push(facts.err);
  };
  return { info: () => undefined, warn: take, error: take };
}

/** Refusals in words, and the death of the process, are what may happen. */
function judge({ reached }: Run, what: string, error: unknown): void {
  if (error instanceof AppError) return reach(reached, `${what}: ${error.code}`);
  // Not acknowledged, so that the channel tells it again.
  const isUnclear = error instanceof Error && /^refund \S+ is not clear/.test(error.message);
  if (isUnclear) return reach(reached, `${what} unclear`);
  if (error instanceof Killed) return;
  throw error;
}

function judgeLogged(run: Run): void {
  for (const error of run.logged.splice(0)) {
    const isDoubt = error instanceof Error && /^trade \S+ is in doubt/.test(error.message);
    if (isDoubt) reach(run.reached, 'in doubt');
    else judge(run, 'logged', error);
  }
}

/** Reads the books and holds the promises against them. */
export async function look(run: Run): Promise<Snapshot> {
  judgeLogged(run);
  const now = await snapshotOf(run.system, run.world.company.companyId);
  complain(brokenNow(now, run.outside, run.last));
  run.last = now;
  return now;
}

function complain(broken: readonly string[]): void {
  if (broken.length > 0) throw new Error(`promises broken:\n${broken.join('\n')}`);
}

/** Seconds between rounds while something is under way: leases, claims, graces, "not found". */
const pauses = [10, 130, 400, 3700, 90_000, 90_000];
const maxRounds = 12;

/**
 * Faults stop; the channels tell all they have to tell, again and again; the worker runs as it
 * would. It must come to an end, and then another round must change nothing at all.
 */
export async function comeToRest(run: Run): Promise<void> {
  for (const wallet of run.outside.wallets) wallet.clearFaults();
  const process = processOf(run, undefined);
  let before = await playRound(run, process, 0);
  for (let round = 1; round < maxRounds; round += 1) {
    const wasOver = stillUnderWay(before).length === 0;
    if (wasOver) await tellAll(run, process);
    const now = wasOver ? await look(run) : await playRound(run, process, round);
    const isOver = stillUnderWay(now).length === 0;
    if (isOver && sameBooks(before, now)) return complain(brokenWhenQuiet(now, run.outside));
    if (round === pauses.length) await decideOnLost(run, process, now);
    before = now;
  }
  throw new Error(`5 repeatable: no rest\n${stillUnderWay(before).join('\n')}`);
}

async function playRound(run: Run, process: Process, round: number): Promise<Snapshot> {
  const { world, script } = run;
  for (const { refundBook } of run.outside.wallets) {
    for (const refundNo of refundBook.refunds.keys()) refundBook.progress(refundNo);
  }
  if (script.ending === 'notices') await tellAll(run, process);
  world.clock.advance((pauses[round] ?? 400) * 1000);
  await sweep(process);
  if (script.ending === 'sweep') await tellAll(run, process);
  return await look(run);
}

/** A number that the channel does not know a day later is a person's to decide. */
async function decideOnLost(run: Run, process: Process, now: Snapshot): Promise<void> {
  const lost = now.refundAttempts.filter(({ state }) => ['requested', 'pending'].includes(state));
  for (const { refund: refundId } of lost) {
    reach(run.reached, 'lost refund number reissued');
    await reissueRefund(process, { actor: run.world.checker, refundId });
  }
}

async function tellAll(run: Run, process: Process): Promise<void> {
  const stage = { ...run, process };
  const notices = run.outside.wallets.flatMap((wallet) =>
    wallet.notices().map((notice) => tell(stage, wallet, notice)),
  );
  await Promise.all(notices);
}

/** Promise 5: everything told once more changes nothing. */
function sameBooks(before: Snapshot, after: Snapshot): boolean {
  return (Object.keys(before) as (keyof Snapshot)[]).every((table) => {
    // A proof that is told again on another day is kept again: the same proof, once in the set.
    const [old, now] = [before[table], after[table]].map((rows) =>
      Array.isArray(rows)
        ? [...new Set(rows.map((row) => JSON.stringify(row)))].sort(inOrder).join('\n')
        : rows,
    );
    return old === now;
  });
}

const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function reach(reached: Reached, name: string): void {
  reached.set(name, (reached.get(name) ?? 0) + 1);
}

function count({ reached, last, script }: Run): void {
  const steps = script.batches.reduce((all, { steps: some }) => all + some.length, 0);
  reach(reached, `steps ${steps + preludes[script.prelude].length}`);
  for (const { reason } of last?.cases ?? []) reach(reached, `case ${reason}`);
  for (const { state, kind } of last?.refunds ?? []) reach(reached, `refund ${kind} ${state}`);
  for (const { state, source } of last?.payments ?? [])
    reach(reached, `payment ${source} ${state}`);
  for (const { outcome, key } of last?.keys ?? []) {
    reach(reached, `trade ${key.endsWith(':corrected') ? 'corrected ' : ''}${outcome}`);
  }
  for (const { state } of last?.settlements ?? []) reach(reached, `settlement ${state}`);
  for (const { outcome } of last?.refundKeys ?? []) reach(reached, `refund money ${outcome}`);
}
