import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Payment history',
  home: 'Home',
  allHomes: 'All homes',
  empty: 'No payments yet',
  emptyHint: 'Every payment will be listed here, with its receipt.',
  toBills: 'Go to bills',
  more: 'Show earlier ones',
  'state.open': 'Waiting to be paid',
  'state.processing': 'Being confirmed',
  'state.closed': 'Closed, nothing was charged',
  refunded: '{{amount}} given back',
};
