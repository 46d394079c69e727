import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'E-mail',
  now: 'Your address',
  none: 'No address yet',
  hint: 'It gets bills and receipts; it cannot be used to sign in.',
  prove: 'Confirm the address',
  remove: 'Remove the address',
  removeTitle: 'Remove the address?',
  removeWhat: 'Nothing will be sent to {{email}} any more.',
};
