import type { ReminderStep } from '@wuye-pay/contract';

/** A step as it falls on a day: for the bills that are due on `dueOn`. */
export interface Occurrence {
  readonly stepId: string;
  /** 0: the step itself, then its repetitions. */
  readonly occurrence: number;
  readonly days: number;
  readonly dueOn: string;
  readonly isOverdue: boolean;
  readonly vias: readonly string[];
  readonly audience: string;
  readonly sendAt: string;
}

type PlainStep = Pick<
  ReminderStep,
  'id' | 'days' | 'repeatEveryDays' | 'repeatTimes' | 'vias' | 'audience' | 'sendAt'
>;

/** What the steps call for on a day, the latest after the due day first: that one is sent. */
export function occurrencesOn(steps: readonly PlainStep[], day: string): Occurrence[] {
  return steps
    .flatMap((step) =>
      offsetsOf(step).map((days, occurrence) => ({
        stepId: step.id,
        occurrence,
        days,
        dueOn: dayAfter(day, -days),
        isOverdue: days > 0,
        vias: step.vias,
        audience: step.audience,
        sendAt: step.sendAt,
      })),
    )
    .sort((a, b) => b.days - a.days);
}

/** Days from the due day on which a step falls. */
export function offsetsOf(
  step: Pick<PlainStep, 'days' | 'repeatEveryDays' | 'repeatTimes'>,
): number[] {
  const every = step.repeatEveryDays;
  const times = every === null ? 0 : step.repeatTimes;
  return Array.from({ length: times + 1 }, (_, turn) => step.days + turn * (every ?? 0));
}

const millisOfDay = 86_400_000;

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * millisOfDay).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisOfDay,
  );
}
