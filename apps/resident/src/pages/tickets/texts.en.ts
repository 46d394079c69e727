import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'Tickets',
  new: 'Report something',
  nothing: 'Nothing reported yet',
  nothingHint: 'Repairs, complaints and questions about payments reach the office here.',
  more: 'More',
};
