import type { Photo } from '../../../src/platform/types.ts';
import { WalletFailure } from './call.ts';
import { download } from './network.ts';
import { walletApp } from './wallet-app.ts';

export async function openDocument(path: string): Promise<void> {
  await walletApp.openDocument(await download(path));
}

export async function saveImage(path: string): Promise<void> {
  await walletApp.saveImage(await download(path));
}

export function imageOf(path: string): Promise<string> {
  return download(path);
}

/** A mini-program opens no address: whoever wants it pastes it into a browser. */
export function openOutside(url: string): void {
  void copy(url);
}

export async function choosePhotos(most: number): Promise<readonly Photo[]> {
  try {
    return await walletApp.choosePhotos(most);
  } catch (error) {
    if (error instanceof WalletFailure && error.isCancel) return [];
    throw error;
  }
}

export function callPhone(number: string): void {
  walletApp.callPhone(number);
}

export async function copy(text: string): Promise<boolean> {
  try {
    await walletApp.copy(text);
    return true;
  } catch {
    // The page shows the text to be copied by hand.
    return false;
  }
}

export function now(): number {
  return Date.now();
}

/** Only has to differ from every other: the session says who may use it. */
export function newKey(): string {
  const part = () =>
    Math.floor(Math.random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return Date.now().toString(16).padStart(12, '0') + part() + part() + part();
}
