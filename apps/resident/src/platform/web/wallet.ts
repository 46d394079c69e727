import { openSheet } from '@wuye-pay/contract/wallet-bridge';
import type { LoginProof, PayInstructions, PayResult } from '../types.ts';

/** By what the browser says it is; in the demo also by the simulated wallet that was opened. */
export function wallet(): 'wechat' | 'alipay' | undefined {
  const played = /(?:^|;\s*)sim_wallet=([\w-]+)/.exec(document.cookie)?.[1];
  if (played === 'wechat' || played === 'alipay') return played;
  const { userAgent } = navigator;
  if (/MicroMessenger/.test(userAgent)) return 'wechat';
  if (/AlipayClient/.test(userAgent)) return 'alipay';
  return undefined;
}

export async function login(): Promise<LoginProof | undefined> {
  return undefined;
}

export function openServerPage(path: string): void {
  location.assign(path);
}

/** Opens the wallet's own payment sheet, or goes to the channel's page. */
export async function pay(instructions: PayInstructions): Promise<PayResult> {
  const sheet = openSheet(instructions);
  if (sheet) return await sheet;
  if (instructions.kind === 'go') location.assign(instructions.url);
  return 'left';
}

export async function openAgreement(url: string): Promise<'left' | 'cancel' | 'fail'> {
  location.assign(url);
  return 'left';
}

/** Scanning and subscription messages need the wallet's own script, which a page does not have. */
export function canScan(): boolean {
  return false;
}

export async function scan(): Promise<string | undefined> {
  return undefined;
}

export async function requestMessages(_templateIds: readonly string[]): Promise<readonly string[]> {
  return [];
}
