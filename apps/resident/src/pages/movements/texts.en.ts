import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Balance movements',
  empty: 'Nothing was paid ahead yet',
  emptyHint: 'Every amount paid ahead and every use of it will be listed here.',
  after: 'Balance',
  more: 'Show earlier ones',
};
