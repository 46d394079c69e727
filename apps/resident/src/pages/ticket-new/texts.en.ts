import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'Report something',
  disputeTitle: 'Dispute this bill',
  disputeHint:
    'This bill is left out of reminders and autopay until it is answered. The others go on, and you can pay it at any time.',
  comesAlong: 'The number of the payment and what went wrong come along by themselves.',
  home: 'Home',
  category: 'Category',
  text: 'What is it about?',
  textHint: 'Say where and what, so that it is solved sooner',
  photos: 'Photos (at most 6)',
  send: 'Send',
};
