import type { Photo, RawAnswer, RawRequest } from '../types.ts';
import { companyCode } from './place.ts';

const usualTimeoutMs = 20_000;
const uploadTimeoutMs = 60_000;

export async function send(request: RawRequest): Promise<RawAnswer> {
  const { method, path, body, headers, timeoutMs = usualTimeoutMs } = request;
  return await within(timeoutMs, path, {
    method,
    headers: headers ?? {},
    ...(body !== undefined && { body }),
  });
}

export async function upload(path: string, photo: Photo, as: 'body' | 'file'): Promise<RawAnswer> {
  const body = photo.source as Blob;
  if (as === 'file') {
    const form = new FormData();
    form.set('file', body, 'photo.jpg');
    return await within(uploadTimeoutMs, path, { method: 'POST', body: form });
  }
  return await within(uploadTimeoutMs, path, {
    method: 'POST',
    headers: { 'content-type': body.type || 'image/jpeg' },
    body,
  });
}

async function within(timeoutMs: number, path: string, init: RequestInit): Promise<RawAnswer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    const answer = await fetch(path, { ...init, credentials: 'same-origin', signal: stop.signal });
    return { status: answer.status, text: await answer.text() };
  } finally {
    clearTimeout(timer);
  }
}

/** A page has a cookie that scripts do not see; only the server ends it. */
export function keepSession(_token: string | undefined): void {}

/** Set with the session, also by a wallet that signs in without the app's doing. */
export function sessionMark(): string {
  return new RegExp(`(?:^|;\\s*)mark-${companyCode()}=([\\w-]+)`).exec(document.cookie)?.[1] ?? '';
}

/** Events are a hint to ask; who cannot hear them polls. */
export function listen(path: string, onEvent: () => void): () => void {
  const events = new EventSource(path);
  events.addEventListener('state', onEvent);
  events.addEventListener('message', onEvent);
  return () => events.close();
}

export function isOnline(): boolean {
  return navigator.onLine;
}

export function onNetwork(changed: (isOnline: boolean) => void): () => void {
  const up = () => changed(true);
  const down = () => changed(false);
  addEventListener('online', up);
  addEventListener('offline', down);
  return () => {
    removeEventListener('online', up);
    removeEventListener('offline', down);
  };
}
