import type { English } from '../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  'dispute.open': 'Disputed, not answered yet',
  'dispute.openHint':
    'Until the office answers nobody is reminded or debited, and it is not ticked; you can pay it at any time.',
  'dispute.explanation': 'Dispute answered: the bill stands',
  'dispute.adjustment': 'Dispute answered: the amount was changed',
  'dispute.void': 'Dispute answered: the bill was voided',
  'dispute.withdrawn': 'The dispute was withdrawn',
  'dispute.see': 'See the ticket',
  total: 'Total',
  chosen: '{{count}} chosen',
  pay: 'Pay {{amount}}',
  confirmPay: 'Confirm and pay {{amount}}',
  paySpoken: 'Pay {{amount}}',
  confirmPaySpoken: 'Confirm and pay {{amount}}',
  none: 'Tick at least one bill',
  offline: 'No network, so paying is not possible now. Your choice is kept.',
  opening: 'Opening the payment…',
  ordering: 'The payment channel has not answered yet; trying again. Please keep this page open.',
  unanswered: 'The payment channel does not answer. Nothing was charged; please tap once more.',
  cancel: 'Nothing was charged; you can pay again.',
  missing: 'The payment did not open; nothing was charged. Tap again, or open this page again.',
  overdue: 'Overdue',
  dueBy: 'Due by {{day}}',
  receipt: 'Receipt (PDF)',
  receiptPicture: 'Receipt as a picture',
  partOf: 'Of {{open}}, a part now',
};
