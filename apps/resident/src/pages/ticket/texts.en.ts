import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  title: 'Ticket',
  due: 'Expected by',
  dispute: 'The disputed bill',
  answered: 'Answered',
  waiting: 'Waits for the office; no reminders and no autopay for this bill until then',
  add: 'Add something',
  send: 'Send',
  photo: 'Photo {number}',
  rate: 'How was it handled?',
  rateWords: 'Anything to add? (optional)',
  rateSend: 'Rate',
  rated: 'You rated it {score} of 5',
  score1: '1 very bad',
  score2: '2 bad',
  score3: '3 so-so',
  score4: '4 good',
  score5: '5 very good',
  reopen: 'Not solved: reopen it',
  reopenWords: 'Please say what is still wrong',
  withdraw: 'It is settled: withdraw',
};
