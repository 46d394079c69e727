import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Settings',
  elder: 'Large view',
  elderHint: 'Large text, large buttons, fewer things',
  notifications: 'Notifications',
  notificationsHint: 'What you hear of, and how',
  account: 'Account',
  accountHint: 'Name, phone, e-mail, wallets, closing',
  sessions: 'Where you are signed in',
  sessionsHint: 'See and end other devices',
  size: 'Text size',
  'size.usual': 'Usual',
  'size.large': 'Large',
  'size.larger': 'Larger',
  'size.largest': 'Largest',
  language: 'Language',
};
