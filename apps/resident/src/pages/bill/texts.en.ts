import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Bill',
  why: 'Why this amount',
  sums: 'What is left to pay',
  amount: 'Amount of the bill',
  paid: 'Paid',
  fromBalance: 'Of it from the balance',
  waived: 'Waived',
  open: 'To pay',
  published: 'Bill published {{at}}',
  dispute: 'Dispute this bill',
};
