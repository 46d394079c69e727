import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Signing',
  waiting: 'Asking the wallet',
  waitingHint: 'If you confirmed in the wallet, the result shows here in a moment.',
  unsigned: 'Not signed yet',
  unsignedHint:
    'Nothing is confirmed in the wallet, and nothing is debited. If you cancelled, you can sign again or leave it.',
  signed: 'Autopay is on',
  signedHint:
    'You are told amount and day at least a day before each debit, and can skip or stop at any time.',
  first: 'First debit not before',
  debitLimit: 'At most per debit',
  monthLimit: 'At most per month',
  ended: 'Autopay is not on',
  check: 'I confirmed: check again',
  again: 'Sign again',
  later: 'Not now',
  toAutopay: 'See autopay',
};
