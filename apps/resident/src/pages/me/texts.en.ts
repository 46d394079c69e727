import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Me',
  settings: 'Settings',
  settingsHint: 'Large view, text size, language',
};
