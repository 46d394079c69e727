import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'Fee standards',
  nothing: 'No fee standards yet',
  nothingHint: 'Please ask the office.',
  name: 'Tariff',
  formula: 'How it is worked out',
  due: 'Falls due',
  dueDay: 'Day {{day}} of the first month',
  from: 'In force from',
};
