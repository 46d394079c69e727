import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Close the account',
  intro:
    'It takes effect at once and cannot be undone. You can sign up again, but have to bind your homes again.',
  erased: 'Erased',
  erased1: 'Phone, e-mail and name',
  erased2: 'Sign-in by WeChat and Alipay, and the devices that get pushes',
  erased3: 'Names, reasons and photos in your applications',
  erased4: 'Every session on every device',
  ends: 'Ended',
  ends1: 'Your access to {{count}} homes; where you are an owner, also of everybody you invited',
  ends0: 'You have no homes',
  kept: 'Kept, because the law asks for it',
  kept1:
    'Bills, payments, refunds and receipts: accounting vouchers are kept for 30 years (Administrative Measures for Accounting Archives)',
  kept2:
    'The log of deeds, with masked phones only: network logs are kept for at least six months (Cybersecurity Law), to look into misuse',
  kept3: 'What you reported, and its answers: open matters are still dealt with',
  keptHow:
    'Article 47 of the Personal Information Protection Law: until their time is over such records are stored and protected, nothing else.',
  home: 'What a home owes and what was paid ahead for it belong to the home and stay.',
  understood: 'I have read what is erased, ended and kept',
  close: 'Close the account',
  sureTitle: 'Close the account?',
  sureWhat: 'Everything is erased as soon as you tap; it cannot be taken back.',
  mustTick: 'Tick the line above first.',
};
