import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'Help',
  search: 'Search, such as: refund',
  nothing: 'Nothing found',
  nothingHint: 'Try other words, or ask the office by a request.',
  'category.pay': 'Paying',
  'category.autopay': 'Autopay',
  'category.papers': 'Receipts, invoices, refunds',
  'category.home': 'Homes and settings',
  'category.trouble': 'Trouble',
};
