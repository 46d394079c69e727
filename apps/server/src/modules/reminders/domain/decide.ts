import type { ReminderReason } from '@wuye-pay/contract';
import { dayAfter, daysBetween } from './occurrences.ts';

/** A bill with something open, read under its lock. */
export interface Debt {
  readonly billId: string;
  readonly feeItemId: string;
  readonly month: string;
  readonly dueOn: string;
  readonly openFen: number;
  readonly isDisputed: boolean;
  /** While a payment of it is in progress. */
  readonly heldUntil: Date | null;
}

export interface ReminderFacts {
  /** null: by hand. */
  readonly dueOn: string | null;
  readonly isOverdue: boolean;
  readonly feeItemIds: readonly string[];
  readonly minimumFen: number;
  readonly isPlanRunning: boolean;
  readonly pausedUntil: string | null;
  /** A newer reminder of the home is due as well. */
  readonly isReplaced: boolean;
}

export type Decision =
  | {
      readonly kind: 'send';
      readonly amountFen: number;
      readonly months: readonly string[];
      readonly firstDueOn: string;
      readonly dueOn: string;
      readonly daysLate: number;
    }
  | { readonly kind: 'drop'; readonly reason: ReminderReason }
  | { readonly kind: 'later'; readonly at: Date };

/**
 * Whether a reminder is still true, by what is owed at this moment. It speaks of one thing: before
 * and on the due day, of bills that are due by then; after it, of all that are overdue.
 */
export function decide(
  reminder: ReminderFacts,
  debts: readonly Debt[],
  { today, now, heldAgainMs }: { today: string; now: Date; heldAgainMs: number },
): Decision {
  const drop = (reason: ReminderReason): Decision => ({ kind: 'drop', reason });
  const meant = debts.filter((debt) => isMeant(reminder, debt, today) && debt.openFen > 0);
  if (meant.length === 0) return drop('paid');
  if (!reminder.isPlanRunning) return drop('plan-paused');
  if (reminder.isReplaced) return drop('replaced');
  if (reminder.pausedUntil !== null && reminder.pausedUntil >= today) return drop('paused');
  const held = meant.flatMap(({ heldUntil }) => (heldUntil ? [heldUntil.getTime()] : []));
  if (held.length > 0) {
    return { kind: 'later', at: new Date(Math.max(...held, now.getTime()) + heldAgainMs) };
  }
  const owed = meant.filter(({ isDisputed }) => !isDisputed);
  if (owed.length === 0) return drop('disputed');
  const amountFen = owed.reduce((total, { openFen }) => total + openFen, 0);
  if (amountFen < reminder.minimumFen) return drop('below-minimum');
  const dueDays = owed.map(({ dueOn }) => dueOn).sort();
  const [firstDueOn = today] = dueDays;
  return {
    kind: 'send',
    amountFen,
    months: [...new Set(owed.map(({ month }) => month))].sort(),
    firstDueOn,
    dueOn: reminder.dueOn ?? dueDays.at(-1) ?? today,
    daysLate: Math.max(0, daysBetween(firstDueOn, today)),
  };
}

function isMeant(reminder: ReminderFacts, debt: Debt, today: string): boolean {
  const isItem = reminder.feeItemIds.length === 0 || reminder.feeItemIds.includes(debt.feeItemId);
  if (!isItem) return false;
  if (reminder.isOverdue) return debt.dueOn < today;
  if (reminder.dueOn === null) return true;
  return debt.dueOn <= reminder.dueOn && debt.dueOn >= dayAfter(today, 0);
}
