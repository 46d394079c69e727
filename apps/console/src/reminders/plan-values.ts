import { fen, yuanText } from '@wuye-pay/money';
import type { Body } from '../api/client.ts';
import { newKey } from '../ui/new-key.ts';
import type { Audience, Plan, Step, Via } from './words.tsx';

export type Side = 'before' | 'due' | 'after';

export interface StepValues {
  readonly id: string;
  readonly side: Side;
  /** From the due day; nothing on the day itself. */
  readonly days?: number | null;
  readonly repeatEveryDays?: number | null;
  readonly repeatTimes?: number | null;
  readonly vias?: readonly Via[];
  readonly sendAt: string;
  readonly audience: Audience;
}

/** A plan as the form holds it. */
export interface PlanValues {
  readonly name: string;
  readonly communityId?: string | null;
  readonly feeItemIds?: readonly string[];
  readonly startsOn: string;
  readonly endsOn?: string | null;
  readonly minimumYuan?: string;
  readonly capCount: number;
  readonly capDays: number;
  readonly steps: readonly StepValues[];
}

/** Three days ahead by WeChat, else by SMS: what most begin with. */
export function newStep(): StepValues {
  return {
    id: newKey().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    side: 'before',
    days: 3,
    vias: ['wechat-subscription', 'sms'],
    sendAt: '10:00',
    audience: 'everybody',
  };
}

export function valuesOf(plan: Plan): PlanValues {
  const { name, communityId, feeItemIds, startsOn, endsOn, capCount, capDays, steps } = plan;
  return {
    ...{ name, communityId, feeItemIds, startsOn, endsOn, capCount, capDays },
    minimumYuan: plan.minimumFen === 0 ? '' : yuanText(fen(plan.minimumFen)),
    steps: [...steps].sort((a, b) => a.days - b.days).map(stepValues),
  };
}

function stepValues({ days, repeatTimes, ...step }: Step): StepValues {
  const side = days < 0 ? 'before' : days === 0 ? 'due' : 'after';
  return { ...step, side, days: Math.abs(days), repeatTimes: repeatTimes || null };
}

export function inputOf(values: PlanValues): Body<'POST /api/reminder-plans'> {
  const { name, startsOn, capCount, capDays } = values;
  return {
    ...{ name: name.trim(), startsOn, capCount, capDays },
    communityId: values.communityId ?? null,
    feeItemIds: [...(values.feeItemIds ?? [])],
    endsOn: values.endsOn ?? null,
    minimumFen: Math.round(Number(values.minimumYuan || 0) * 100),
    steps: values.steps.map(stepOf),
  };
}

function stepOf(step: StepValues): Step {
  const { id, side, sendAt, audience } = step;
  return {
    ...{ id, sendAt, audience },
    days: daysOf(step),
    repeatEveryDays: side === 'after' ? (step.repeatEveryDays ?? null) : null,
    repeatTimes: side === 'after' ? (step.repeatTimes ?? 0) : 0,
    vias: audience === 'print' ? [] : [...(step.vias ?? [])],
  };
}

/** With its sign: −3 is three days before the due day. */
export function daysOf({ side, days }: Pick<StepValues, 'side' | 'days'>): number {
  if (side === 'due') return 0;
  return side === 'before' ? -(days ?? 0) : (days ?? 0);
}
