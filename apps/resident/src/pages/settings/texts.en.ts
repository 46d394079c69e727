import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Settings',
  elder: 'Large view',
  elderHint: 'Large text, large buttons, fewer things',
  notifications: 'Notifications',
  notificationsHint: 'What you hear of, and how',
  size: 'Text size',
  'size.usual': 'Usual',
  'size.large': 'Large',
  'size.larger': 'Larger',
  'size.largest': 'Largest',
  language: 'Language',
};
