import { failureOf } from '../api/failure.ts';

/** Uploads a photo. @returns its id, for the ticket that it goes with */
export async function sendPhoto(file: File): Promise<string> {
  const body = new FormData();
  body.append('file', file);
  const answer = await fetch('/api/photos', { method: 'POST', body });
  const text = await answer.text();
  if (!answer.ok) throw failureOf(answer.status, text);
  return (JSON.parse(text) as { id: string }).id;
}
