import { Temporal } from 'temporal-polyfill';

/** When debits come, as a company or community set it. */
export interface Rule {
  readonly basis: 'due' | 'published';
  readonly days: number;
  readonly noticeDays: number;
  readonly retryDays: readonly number[];
}

/** On the due day, told two days ahead; after a failure again on the next day, then 3 and 7 later. */
export const defaultRule: Rule = {
  basis: 'due',
  days: 0,
  noticeDays: 2,
  retryDays: [1, 3, 7],
};

export interface Dated {
  readonly dueOn: string;
  readonly publishedOn: string;
}

/** The day on which a bill is to be debited, whether or not it has passed. */
export function wishedDay(bill: Dated, { basis, days }: Rule): string {
  return addDays(basis === 'due' ? bill.dueOn : bill.publishedOn, days);
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

export const later = (a: string, b: string): string => (a > b ? a : b);

/** The day of the next try after one of `failedOn`; undefined after the last. */
export function retryDay(
  { retryDays }: Rule,
  { tryNo, failedOn }: { readonly tryNo: number; readonly failedOn: string },
): string | undefined {
  const days = retryDays[tryNo - 1];
  return days === undefined ? undefined : addDays(failedOn, days);
}
