import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Sign in',
  hint: 'Sign in to see and pay the bills of your home.',
  wallet: 'Sign in with {{wallet}}',
  walletHere: 'Sign in',
  byPhone: 'Sign in by phone',
  phone: 'Phone number',
  sendCode: 'Send a code',
  code: 'The 6 digits that came to {{phone}}',
  codeHint: 'Good for 5 minutes. Tell nobody: the office never asks for it.',
  signIn: 'Sign in',
  again: 'Send another code',
  otherPhone: 'Use another number',
  refused: 'The wallet did not say who you are',
  refusedHint: 'Please try again, or sign in by phone.',
  privacy: 'Your phone is used to sign in, to bind homes and for notices of bills only.',
};
