import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Please sign in',
  hint: 'Then you can see and pay the bills of your home.',
};
