import { AppError } from '../../../platform/errors.ts';
import { reach } from '../checkpoints.ts';
import { type AutopayDeps, type AutopayInputDeps, withMandates } from '../deps.ts';
import type { Mandate } from '../domain/mandate.ts';
import {
  checkOffsetsMs,
  claimBatch,
  claimMs,
  compareEveryMs,
  lateChecksMs,
  signWithinMs,
} from '../limits.ts';
import {
  claimChecks,
  companiesToCheck,
  lockMandate,
  mandateById,
  mandateIdOfNo,
  scheduleCheck,
} from '../store/mandate-store.ts';
import { finish, followChannel } from './mandate-steps.ts';

/** Asks the channels about mandates that are due, and ends those that are to be ended. */
export async function followMandates(input: AutopayInputDeps): Promise<void> {
  const deps = withMandates(input);
  const now = deps.clock.now();
  const until = new Date(now.getTime() + claimMs);
  for (const companyId of await companiesToCheck(deps.jobsDb.global, now)) {
    const claim = { now, until, most: claimBatch };
    const ids = await deps.db.transaction(companyId, (tx) => claimChecks(tx, claim));
    for (const mandateId of ids) {
      try {
        await followMandate(deps, { companyId, mandateId });
      } catch (error) {
        deps.log.error({ err: error, companyId, mandateId }, 'a mandate was not followed');
      }
    }
  }
}

export interface MandateOf {
  readonly companyId: string;
  readonly mandateId: string;
}

/** Asks the channel now; what is unclear is asked again. */
export async function followMandate(
  deps: AutopayDeps,
  { companyId, mandateId }: MandateOf,
): Promise<void> {
  const mandate = await deps.db.read(companyId, (tx) => mandateById(tx, mandateId));
  if (!mandate) return;
  if (mandate.state === 'ended') return await askLate(deps, companyId, mandate);
  if (mandate.state === 'stopping') await endAtChannel(deps, companyId, mandate);
  else await ask(deps, companyId, mandate);
  await deps.db.transaction(companyId, async (tx) => {
    await followChannel(tx, deps, mandateId);
    const current = await lockMandate(tx, mandateId);
    if (!current || current.state === 'ended') return;
    const now = deps.clock.now();
    if (isUnsigned(current, now)) await finish(tx, deps, current, 'unsigned');
    else await scheduleCheck(tx, mandateId, nextCheck(current, now));
  });
}

/** Given up, and signed all the same without our hearing of it: it has to be ended there. */
async function askLate(deps: AutopayDeps, companyId: string, mandate: Mandate): Promise<void> {
  if (mandate.checkAt === null) return;
  await ask(deps, companyId, mandate);
  await deps.db.transaction(companyId, async (tx) => {
    await followChannel(tx, deps, mandate.id);
    const current = await lockMandate(tx, mandate.id);
    if (current?.state !== 'ended') return;
    const checks = current.checks + 1;
    const waitMs = lateChecksMs[checks];
    const at = waitMs === undefined ? null : new Date(deps.clock.now().getTime() + waitMs);
    await scheduleCheck(tx, mandate.id, { at, checks });
  });
}

async function ask(deps: AutopayDeps, companyId: string, mandate: Mandate): Promise<void> {
  const { merchantAccountId, mandateNo } = mandate;
  try {
    await deps.mandates.mandateOf(deps, { companyId, merchantAccountId, mandateNo, ask: true });
  } catch (error) {
    // A crash between our record and the channels' left nothing to ask about.
    if (!(error instanceof AppError && error.code === 'MANDATE_NOT_FOUND')) throw error;
  }
}

/** Whatever the channel answers, its books are read afterwards; only they end it. */
export async function endAtChannel(
  deps: AutopayDeps,
  companyId: string,
  mandate: Mandate,
): Promise<void> {
  const { merchantAccountId, mandateNo } = mandate;
  const named = { companyId, merchantAccountId, mandateNo };
  const reason = '付款人停止自动扣款';
  try {
    const answer = await deps.mandates.endMandate(deps, { ...named, reason });
    reach(deps, 'autopay.stop.at-channel');
    if (answer.state === 'done') return;
    deps.log.warn({ ...named, answer }, 'the channel did not confirm the end of a mandate');
    await deps.mandates.mandateOf(deps, { ...named, ask: true });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'MANDATE_NOT_FOUND')) throw error;
    await deps.db.transaction(companyId, async (tx) => {
      const current = await lockMandate(tx, mandate.id);
      if (current?.state === 'stopping') await finish(tx, deps, current, 'unsigned');
    });
  }
}

/** Given up here only: one that is signed later all the same is ended at the channel. */
function isUnsigned({ state, requestedAt }: Mandate, now: Date): boolean {
  return state === 'requested' && now.getTime() - requestedAt.getTime() >= signWithinMs;
}

function nextCheck(mandate: Mandate, now: Date): { at: Date; checks: number } {
  const { state, checks, requestedAt } = mandate;
  const last = checkOffsetsMs.at(-1) ?? compareEveryMs;
  const waitMs = state === 'active' ? compareEveryMs : (checkOffsetsMs[checks] ?? last);
  const at = now.getTime() + waitMs;
  const givenUpAt = requestedAt.getTime() + signWithinMs;
  const next = state === 'requested' ? Math.min(at, givenUpAt) : at;
  return { at: new Date(next), checks: checks + 1 };
}

/** The channel told of a mandate, by notice or in answer to a question. */
export async function hearOfMandate(
  input: AutopayInputDeps,
  news: {
    readonly companyId: string;
    readonly merchantAccountId: string;
    readonly mandateNo: string;
  },
): Promise<void> {
  const deps = withMandates(input);
  await deps.db.transaction(news.companyId, async (tx) => {
    const id = await mandateIdOfNo(tx, news);
    if (id !== undefined) await followChannel(tx, deps, id);
  });
}
