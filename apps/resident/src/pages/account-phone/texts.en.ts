import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'Phone',
  now: 'Your phone',
  none: 'No phone yet',
  hint: 'It signs you in, finds the homes that are on file with it, and gets messages about bills.',
  change: 'To change it, prove the new number; after that the old one no longer signs in.',
};
