import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Pay ahead',
  noHome: 'No home yet',
  bindHome: 'Bind a home',
  noHomeHint: 'Once you have added your home you can pay ahead for it here.',
  home: 'Home',
  balance: 'Prepaid balance',
  reserved: 'Of it being refunded:',
  movements: 'Movements',
  usesItself: 'New bills use the balance',
  usesItselfPart: 'A balance that is too small pays a part; you pay the rest.',
  usesItselfWait: 'Only when the balance covers a whole bill.',
  openBills: 'Bills open now:',
  toBills: 'Pay them',
  topUp: 'How much',
  otherAmount: 'Another amount',
  amount: 'Amount (yuan)',
  unreadable: 'Enter an amount such as 100 or 100.50',
  tooLittle: 'At least {{amount}}',
  tooMuch: 'At most {{amount}} at once',
  noWay: 'Paying ahead is not possible online here just now',
  otherWallets: 'Open this page in {{wallets}}.',
  way: 'How to pay',
};
