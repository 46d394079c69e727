import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'Announcements',
  nothing: 'No announcements yet',
  nothingHint: 'Water cuts, events and disclosures appear here.',
  news: 'News',
  disclosure: 'Disclosure',
  pinned: 'pinned',
  unread: 'New',
  standards: 'Fee standards',
  standardsHint: 'What is charged, how, and when it falls due',
};
