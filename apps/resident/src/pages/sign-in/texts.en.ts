import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Sign in',
  hint: 'Sign in to see and pay the bills of your home.',
  wallet: 'Sign in with {{wallet}}',
  walletHere: 'Sign in',
  byPhone: 'Sign in by phone',
  signIn: 'Sign in',
  refused: 'The wallet did not say who you are',
  refusedHint: 'Please try again, or sign in by phone.',
  privacy: 'Your phone is used to sign in, to bind homes and for notices of bills only.',
};
