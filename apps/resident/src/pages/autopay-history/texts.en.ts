import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Debits and events',
  debits: 'Debits',
  empty: 'Nothing was debited yet',
  emptyHint: 'Every debit and what became of it is kept here.',
  log: 'What happened',
  more: 'Show more',
};
