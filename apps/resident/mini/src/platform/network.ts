import type { Photo, RawAnswer, RawRequest } from '../../../src/platform/types.ts';
import { language, storage } from './reader.ts';
import { serverUrl } from './settings.ts';
import { walletApp } from './wallet-app.ts';

const usualTimeoutMs = 20_000;
const uploadTimeoutMs = 60_000;
const markLength = 16;

export async function send(request: RawRequest): Promise<RawAnswer> {
  const { method, path, body, headers = {}, timeoutMs = usualTimeoutMs } = request;
  return await walletApp.request({
    url: serverUrl + path,
    method,
    body,
    headers: { ...headers, ...ours() },
    timeoutMs,
  });
}

export async function upload(path: string, photo: Photo, as: 'body' | 'file'): Promise<RawAnswer> {
  const filePath = String(photo.source);
  const options = { url: serverUrl + path, headers: ours(), timeoutMs: uploadTimeoutMs };
  if (as === 'file') return await walletApp.uploadFile(options, filePath);
  const headers = { ...ours(), 'content-type': contentTypeOf(filePath) };
  return await walletApp.sendFile({ ...options, headers }, filePath);
}

/** @returns the path of the file on this phone */
export function download(path: string): Promise<string> {
  return walletApp.download(serverUrl + path, ours());
}

export function keepSession(token: string | undefined): void {
  storage.write('session', token);
}

/** The end of the token, which lies in the same store. */
export function sessionMark(): string {
  return storage.read('session')?.slice(-markLength) ?? '';
}

/** A mini-program hears no events of the server: the page asks again by itself. */
export function listen(_path: string, _onEvent: () => void): () => void {
  return () => undefined;
}

let online = true;
walletApp.onNetwork((isOnlineNow) => {
  online = isOnlineNow;
});

export function isOnline(): boolean {
  return online;
}

export function onNetwork(changed: (isOnline: boolean) => void): () => void {
  return walletApp.onNetwork(changed);
}

/** Who asks, and in which language refusals are to be. */
function ours(): Record<string, string> {
  const token = storage.read('session');
  return {
    'accept-language': language() === 'en' ? 'en' : 'zh-CN',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}

function contentTypeOf(path: string): string {
  return /\.png$/i.test(path) ? 'image/png' : 'image/jpeg';
}
