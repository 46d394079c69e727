import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'How paying works',
  next: 'Next',
  skip: 'Skip',
  finish: 'Start',
  'bills.title': 'Your bills are here',
  'bills.text':
    'The page Pay lists what your home has to pay, all ticked. Every line tells why it has its amount.',
  'pay.title': 'Two taps',
  'pay.text':
    'Tap Pay and enter your payment password. Untick what you do not want to pay now, or pay a part of it.',
  'receipt.title': 'Receipts at any time',
  'receipt.text':
    'Payment history, under Me, has a receipt for every payment; you can keep it as a picture.',
  'help.title': 'Ask when in doubt',
  'help.text':
    'Questions about a bill, or something to repair: tell the property company here and follow what becomes of it.',
};
