import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'Messages',
  empty: 'No reminders yet',
  emptyHint: 'When a bill falls due, your reminders stay here.',
  toBills: 'See bills',
  unread: 'New',
  owed: 'To pay',
  settled: 'Paid',
  dueOn: 'due {day}',
  said: '{amount} when reminded',
  more: 'Earlier ones',
};
