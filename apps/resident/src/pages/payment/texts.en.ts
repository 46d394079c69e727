import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Payment details',
  'state.open': 'Waiting to be paid',
  'state.processing': 'Being confirmed',
  'state.paid': 'Paid',
  'state.closed': 'Closed, nothing was charged',
  waiting: 'The bank has not answered yet; please do not pay again. The result will stand here.',
  refunded: '{{amount}} given back',
  kept: '{{amount}} of it is with the property company, which will use it for bills or return it.',
  lines: 'What was paid',
  steps: 'What happened',
  payee: 'Payee',
  way: 'Paid by',
  createdAt: 'Begun',
  paidAt: 'Paid at',
  orderNo: 'Payment no.',
  tradeNo: 'Channel no.',
  ask: 'Questions?',
};
