import { Temporal } from 'temporal-polyfill';

/** Back to the oldest bills that a company brings along, ahead by what may be prepaid. */
const firstMonth = '2015-01-01';
/** Prepayment ceilings of local rules are 12 months (Hangzhou, Zhengzhou). */
const monthsAhead = 12;

/** The months that can be billed on a day. */
export function billableMonths(today: string): { first: string; last: string } {
  const last = Temporal.PlainDate.from(today).with({ day: 1 }).add({ months: monthsAhead });
  return { first: firstMonth, last: last.toString() };
}
