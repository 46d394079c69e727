import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Me',
  resident: 'Resident',
  homes: 'My homes',
  noHome: 'No home yet',
  noHomeHint: 'Add your home to see its bills, pay them and report what is wrong.',
  'role.owner': 'Owner',
  'role.tenant': 'Tenant',
  'role.family': 'Family',
  'role.payer': 'Pays for it',
  money: 'Money',
  history: 'Payment history',
  historyHint: 'Every payment with its receipt',
  prepayment: 'Pay ahead',
  prepaymentHint: 'Balance, top-up, automatic use',
  app: 'The app',
  settings: 'Settings',
  settingsHint: 'Large view, text size, language',
  tour: 'How paying works',
  tourHint: 'In a minute',
  signOut: 'Sign out',
  signOutWhat: 'This device will no longer show your bills. Next time you sign in again.',
};
