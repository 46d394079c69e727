import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Pay',
  noHome: 'No home yet',
  noHomeHint: 'Once you have added a home, its bills are listed here.',
};
