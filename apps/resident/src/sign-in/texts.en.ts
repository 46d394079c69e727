import type { zh } from './texts.zh.ts';

export const en: typeof zh = {
  phone: 'Phone',
  email: 'E-mail',
  send: 'Send a code',
  code: 'The six digits sent to {{to}}',
  codeHint: 'Good for 5 minutes. Tell nobody: the office never asks for it.',
  again: 'Send again',
  againIn: 'Send again (in {{seconds}} s)',
  'other.phone': 'Another phone',
  'other.email': 'Another address',
  fromWallet: 'Use the phone of WeChat or Alipay',
  fromWalletHint: 'The wallet asks you first; the office gets the number only.',
  refused: 'The phone was not told. Tap once more, or use a code by SMS.',
  orByCode: 'Or by a code by SMS',
  prove: 'Confirm the phone',
  taken: 'This phone has an account already',
  takenWhat:
    'Another account is signed in to with this phone. The two are never joined by themselves. Go on as that account to see its homes and history.',
  takenStays: 'This account and its homes stay as they are; you can sign in to it as before.',
  takenMove:
    'This account is empty. {{wallet}} can sign in to the other account from now on; this empty one is closed then.',
  takenMoveRisk:
    'Only if the phone is your own: from then on whoever opens this {{wallet}} is that account.',
  moveWallet: 'Go on there, and let {{wallet}} sign in to it',
  switchOnce: 'Go on there on this device only',
  switch: 'Go on as that account',
  stay: 'Stay with this account',
  'wallet.wechat-pay': 'WeChat',
  'wallet.alipay': 'Alipay',
  'wallet.other': 'The wallet',
};
