import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Pay',
  noHome: 'No home yet',
  bindHome: 'Bind a home',
  noHomeHint:
    'Once you have added a home, its bills are listed here. You can add your parents’ home too.',
  nothingDue: 'Nothing to pay',
  nothingDueHint: 'Everything is settled, thank you. New bills will be listed here.',
  homeClear: 'Nothing to pay.',
  leftOut: 'One payment is full; please pay the other {{count}} afterwards.',
  chosen: '{{count}} chosen',
  allOf: 'All bills of {{home}}',
  why: 'Why this amount',
  whyMore: 'See how it was worked out',
  payPart: 'Pay a part',
  partHint: '{{name}}: {{open}} to pay. You can pay a part now and the rest later.',
  partAmount: 'Pay now (yuan)',
  partSave: 'Pay this much',
  partWhole: 'Pay all of {{open}}',
  partUnreadable: 'Enter an amount such as 100 or 100.50',
  partTooMuch: 'At most {{open}}',
  heldByMe: 'A payment of yours is not finished; you can go on with it',
  heldByOther: 'Somebody is paying this now; nobody pays twice',
  balance: 'Prepaid balance',
  useBalance: 'Pay {{amount}} from the balance',
  useBalanceTitle: 'Pay from the balance',
  useBalanceWhat:
    'Bills paid from the prepaid balance: {{count}}, together {{amount}}. The balance then has {{rest}}.',
  history: 'Payment history',
  tour: 'First time here? See in a minute how paying works.',
  tourSee: 'Show me',
  tourSkip: 'No, thanks',
};
