import type { FeedbackSettings } from '@wuye-pay/contract';

/** Until a company says otherwise: half past eight to six, Monday to Saturday. */
export const defaultSettings: FeedbackSettings = {
  opensAtMinute: 8 * 60 + 30,
  closesAtMinute: 18 * 60,
  weekdays: [1, 2, 3, 4, 5, 6],
  holidays: [],
  workdays: [],
  reopenDays: 7,
  satisfactionPercent: 20,
  digestEmails: [],
};
