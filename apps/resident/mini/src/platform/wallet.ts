import type {
  LoginProof,
  PayInstructions,
  PayResult,
  Platform,
} from '../../../src/platform/types.ts';
import { WalletFailure } from './call.ts';
import { walletApp } from './wallet-app.ts';

/** As wide as on the web, so that pages may ask for any of them. */
export const surface: Platform['surface'] = walletApp.surface;

export function wallet(): 'wechat' | 'alipay' {
  return walletApp.surface;
}

export function login(): Promise<LoginProof | undefined> {
  return walletApp.login();
}

/** A mini-program never leaves for a page of the server. */
export function openServerPage(path: string): void {
  throw new Error(`${path} is for the web only`);
}

export function pay(instructions: PayInstructions): Promise<PayResult> {
  return walletApp.pay(instructions);
}

/** The address is the request itself, signed: a mini-program hands its parameters to the wallet. */
export async function openAgreement(url: string): Promise<'left' | 'cancel' | 'fail'> {
  try {
    await walletApp.openAgreement(url.slice(url.indexOf('?') + 1));
    return 'left';
  } catch (error) {
    if (!(error instanceof WalletFailure)) throw error;
    return error.isCancel ? 'cancel' : 'fail';
  }
}

export function canScan(): boolean {
  return true;
}

export async function scan(): Promise<string | undefined> {
  try {
    return await walletApp.scan();
  } catch (error) {
    if (error instanceof WalletFailure) return undefined;
    throw error;
  }
}

/** A wallet that asks no more, or whose user said "never", allows nothing: that is no error. */
export async function requestMessages(templateIds: readonly string[]): Promise<readonly string[]> {
  if (templateIds.length === 0) return [];
  try {
    return await walletApp.requestMessages(templateIds);
  } catch (error) {
    if (error instanceof WalletFailure) return [];
    throw error;
  }
}
