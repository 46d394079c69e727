import type { English } from '../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  scan: 'Scan to pay',
  strange: 'This code is not one of the property office',
  strangeHint: 'Please scan the code at the door or on the printed notice.',
};
