import type { English } from '../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  'state.planned': 'Planned',
  'state.announced': 'Announced',
  'state.started': 'Under way',
  'state.paid': 'Debited',
  'state.failed': 'Failed',
  'state.skipped': 'Skipped',
  'state.dropped': 'Called off',
  tryNo: 'Try {{no}}',
  unskip: 'Undo the skip',
  unskipOf: 'Undo the skip of {{day}}',
  debitLimit: 'At most per debit (yuan)',
  monthLimit: 'At most per month (yuan)',
  limitHint: 'A bill above a limit is not debited; you pay it yourself.',
  unreadable: 'Enter an amount such as 500 or 500.00',
  tooLow: 'At least 1 yuan',
  monthBelowDebit: 'The limit per month cannot be below the one per debit',
  aboveSigned: 'At most {{amount}}; sign again to go higher',
};
