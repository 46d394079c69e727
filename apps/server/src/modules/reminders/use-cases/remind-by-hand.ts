import type { ManualReminderInput, ReminderPreview, ReminderReason } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { reminderErrors } from '../errors.ts';
import { dayMs, manualCap, mostByHand, overdueDays, previewSample } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { type ManualChoice, manualCandidates } from '../queries/manual-candidates.ts';
import { candidateRows, candidateTotals } from '../queries/preview.ts';
import { batchTotals, insertManual } from '../store/manual-store.ts';
import { estimate } from './estimate.ts';
import { requireUnits } from './pause-unit.ts';

interface Input {
  readonly actor: StaffActor;
  readonly choice: ManualReminderInput;
}

/** Who would be reminded; writes nothing. @throws REMINDER_CHOICE_INVALID */
export function previewByHand(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets' | 'publicUrl'>,
  { actor, choice }: Input,
): Promise<ReminderPreview> {
  return deps.db.read(actor.companyId, async (tx) => {
    const chosen = await chosenBy(deps, tx, choice);
    const found = manualCandidates(tx, chosen);
    const totals = await candidateTotals(tx, found);
    const sample = await candidateRows(tx, found, previewSample);
    const { audience, vias } = choice;
    const steps = [{ stepId: null, audience, vias }];
    return await estimate(deps, tx, { day: chosen.day, totals, sample, steps });
  });
}

export interface BatchAnswer {
  readonly batchId: string;
  readonly units: number;
  readonly excluded: { reason: ReminderReason; units: number }[];
}

/** Plans the reminders at once; the worker sends them. Caps and promises hold here as well. */
export function remindByHand(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, choice, idempotencyKey }: Input & { readonly idempotencyKey: string },
): Promise<BatchAnswer> {
  return deps.db.transaction(actor.companyId, (tx) =>
    once(tx, deps.clock, { scope: 'reminders.by-hand', key: idempotencyKey, request: choice }, () =>
      insertBatch(deps, tx, { actor, choice, idempotencyKey }),
    ),
  );
}

async function insertBatch(
  deps: Pick<Deps, 'clock'>,
  tx: Tx,
  { actor, choice, idempotencyKey }: Input & { readonly idempotencyKey: string },
): Promise<BatchAnswer> {
  const at = deps.clock.now();
  const batchId = derivedId('reminders.batch', tx.companyId, idempotencyKey);
  await insertManual(tx, {
    batchId,
    choice: await chosenBy(deps, tx, choice),
    audience: choice.audience,
    vias: choice.vias,
    at,
    expiresAt: new Date(at.getTime() + overdueDays * dayMs),
    by: actor.name,
  });
  const totals = await batchTotals(tx, batchId);
  const units = totals.find(({ reason }) => reason === null)?.units ?? 0;
  await recordAudit(tx, deps.clock, {
    actor,
    action: 'reminders.remind_by_hand',
    subjectKind: 'reminder_batch',
    subjectId: batchId,
    detail: { units, audience: choice.audience, vias: choice.vias.join() },
  });
  const excluded = totals.flatMap(({ reason, units: count }) =>
    reason === null ? [] : [{ reason: reason as ReminderReason, units: count }],
  );
  return { batchId, units, excluded };
}

async function chosenBy(
  deps: Pick<Deps, 'clock'>,
  tx: Tx,
  choice: ManualReminderInput,
): Promise<ManualChoice> {
  const isPaper = choice.audience === 'print';
  const problems = [
    ...(choice.unitIds === undefined && choice.communityId === undefined
      ? [{ field: 'communityId', reason: '请选择小区，或勾选要提醒的房屋' }]
      : []),
    ...(isPaper !== (choice.vias.length === 0)
      ? [{ field: 'vias', reason: isPaper ? '打印通知单不选发送方式' : '请选择发送方式' }]
      : []),
  ];
  if (problems.length > 0) throw reminderErrors.REMINDER_CHOICE_INVALID({ problems });
  const { unitIds, communityId } = choice;
  await requireUnits(tx, unitIds ?? [], communityId ?? null);
  const { timeZone } = await companyOf(tx);
  return {
    unitIds: unitIds ?? null,
    communityId: communityId ?? null,
    minimumFen: choice.minimumFen ?? 0,
    daysLate: choice.daysLate ?? null,
    ...manualCap,
    day: dayOf(deps.clock.now(), timeZone),
    limit: mostByHand,
  };
}
