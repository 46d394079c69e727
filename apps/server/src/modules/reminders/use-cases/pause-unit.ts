import type { ReminderPauseView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { reminderErrors } from '../errors.ts';
import { companyOf } from '../queries/company.ts';
import { knownPlaces, showPauses } from '../queries/pauses.ts';
import { deletePause, savePause } from '../store/pause-store.ts';

/** A home that promised to pay until a day. @throws REMINDER_UNIT_NOT_FOUND */
export function pauseUnit(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: {
    readonly actor: StaffActor;
    readonly unitId: string;
    readonly until: string;
    readonly reason: string;
  },
): Promise<ReminderPauseView> {
  const { actor, unitId, until } = input;
  const reason = input.reason.trim();
  const at = deps.clock.now();
  return deps.db.transaction(actor.companyId, async (tx) => {
    await requireUnits(tx, [unitId], null);
    const today = dayOf(at, (await companyOf(tx)).timeZone);
    const latest = dayOf(new Date(at.getTime() + longestMs), 'UTC');
    if (until < today || until > latest) {
      const problem = { field: 'until', reason: '请选择今天起一年内的日期' };
      throw reminderErrors.REMINDER_CHOICE_INVALID({ problems: [problem] });
    }
    await savePause(tx, { unitId, until, reason, by: actor.name, at });
    await audit(deps, tx, {
      actor,
      unitId,
      action: 'reminders.pause_unit',
      detail: { until, reason },
    });
    const [pause] = await showPauses(tx, { day: today, unitId });
    if (!pause) throw new Error('a pause is not there after it was written');
    return pause;
  });
}

const longestMs = 366 * 86_400_000;

export async function resumeUnit(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, unitId }: { readonly actor: StaffActor; readonly unitId: string },
): Promise<void> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    await requireUnits(tx, [unitId], null);
    if (!(await deletePause(tx, unitId))) return;
    await audit(deps, tx, { actor, unitId, action: 'reminders.resume_unit', detail: {} });
  });
}

/** @throws REMINDER_UNIT_NOT_FOUND also for a community that is not there */
export async function requireUnits(
  tx: Tx,
  unitIds: readonly string[],
  communityId: string | null,
): Promise<void> {
  const known = await knownPlaces(tx, { unitIds, communityId });
  const isThere = communityId === null || known.communities === 1;
  if (!isThere || known.units !== new Set(unitIds).size) {
    throw reminderErrors.REMINDER_UNIT_NOT_FOUND();
  }
}

interface Deed {
  readonly actor: StaffActor;
  readonly unitId: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

async function audit(deps: Pick<Deps, 'clock'>, tx: Tx, deed: Deed): Promise<void> {
  const { actor, unitId, action, detail } = deed;
  await recordAudit(tx, deps.clock, {
    actor,
    action,
    subjectKind: 'unit',
    subjectId: unitId,
    detail,
  });
}
