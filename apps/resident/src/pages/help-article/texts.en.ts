import type { zh } from './texts.zh.ts';

export const en: typeof zh = { title: 'Help' };
