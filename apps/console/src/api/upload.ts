import { failureOf, networkFailure } from './failure.ts';

interface Upload {
  readonly url: string;
  /** In this order: the server wants to know whose file it is before the file comes. */
  readonly parts: readonly (readonly [name: string, value: string | File])[];
  readonly onProgress: (percent: number) => void;
  readonly signal?: AbortSignal;
}

/** Sends a form with a file; unlike fetch it can tell how far it is. */
export function upload({ url, parts, onProgress, signal }: Upload): Promise<unknown> {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open('POST', url);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(Math.floor((loaded / total) * 100));
    });
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(failureOf(request.status, request.responseText));
    });
    const lost = () => reject(networkFailure(undefined));
    request.addEventListener('error', lost);
    request.addEventListener('abort', lost);
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
