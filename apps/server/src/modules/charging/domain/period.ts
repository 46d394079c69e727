import { Temporal } from 'temporal-polyfill';

export interface Period {
  /** The first day of a month. */
  readonly start: string;
  /** The last day of a month. */
  readonly end: string;
  readonly dueOn: string;
}

export interface PeriodRule {
  readonly periodMonths: number;
  /** 1 to 12: a month in which a period begins. */
  readonly anchorMonth: number;
  /** 1 to 28: the day of the first month on which the period falls due. */
  readonly dueDay: number;
}

/** Whether a period of the rule begins in the month (given by its first day). */
export function beginsIn(rule: PeriodRule, month: string): boolean {
  const number = Number(month.slice(5, 7));
  return (number - rule.anchorMonth + 12) % rule.periodMonths === 0;
}

/** The first period that begins in or after the month. */
export function nextPeriod(rule: PeriodRule, month: string): Period {
  let start = Temporal.PlainDate.from(month);
  while (!beginsIn(rule, start.toString())) start = start.add({ months: 1 });
  return {
    start: start.toString(),
    end: start.add({ months: rule.periodMonths }).subtract({ days: 1 }).toString(),
    dueOn: start.add({ days: rule.dueDay - 1 }).toString(),
  };
}
