import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Payment',
  waiting: 'Confirming, please do not pay again',
  waitingHint:
    'The bank has not answered yet; this page goes on by itself. If you gave up, nothing is charged and you can pay again from the bills.',
  paid: 'Paid',
  closed: 'Nothing was charged',
  closedHint:
    'This payment was closed and nothing was charged; you can pay again. If your bank says otherwise, do not pay again: staff will look into it.',
  detail: 'Payment details',
  autopay: 'Rather not do this each time? Set up autopay',
  done: 'Done',
  again: 'Back to the bills',
  ask: 'Questions?',
  survey: 'Did paying go well?',
  score1: 'Very badly',
  score2: 'Badly',
  score3: 'So-so',
  score4: 'Well',
  score5: 'Very well',
  surveyNo: 'No, thanks',
  surveyThanks: 'Thank you!',
  surveyWords: 'Anything you would like to say? (optional)',
  surveySend: 'Send',
  surveyClose: 'Close',
};
