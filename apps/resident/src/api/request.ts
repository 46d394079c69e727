import { hereText, keepSession, replace, send, upload } from '#platform';
import { forgetAnswers } from '../data/kept-answers.ts';
import type { Photo } from '../platform/types.ts';
import type { Answer, Input, RouteKey } from './contract.ts';
import { failureOf, networkFailure } from './failure.ts';

interface Options {
  /** Sent as `idempotency-key`: the same key on every retry makes the repeat harmless. */
  readonly once?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** Leaves it to the page to deal with a caller who is not signed in. */
  readonly staysSignedOut?: boolean | undefined;
}

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/**
 * Calls a route of the contract: `await request('GET /api/resident/homes', {})`.
 * Who is not signed in is led to sign-in and back to where they were.
 * @throws ApiFailure with the server's words, or code NETWORK
 */
export async function request<Key extends RouteKey>(
  key: Key,
  input: Input<Key>,
  options: Options = {},
): Promise<Answer<Key>> {
  const { params, query, body } = input as Parts;
  const [method = 'GET', template = ''] = key.split(' ');
  const hasBody = body !== undefined;
  const text = await answered(
    send({
      method,
      path: addressOf(template, params, query),
      ...(hasBody && { body: JSON.stringify(body) }),
      headers: {
        ...(hasBody && { 'content-type': 'application/json' }),
        ...(options.once !== undefined && { 'idempotency-key': options.once }),
      },
      timeoutMs: options.timeoutMs,
    }),
    options,
  );
  return JSON.parse(text || '{}') as Answer<Key>;
}

/** Sends one photo as the route wants it; the answer is the route's own. */
export async function sendPhoto<Result>(
  path: string,
  photo: Photo,
  as: 'body' | 'file',
): Promise<Result> {
  return JSON.parse(await answered(upload(path, photo, as), {})) as Result;
}

async function answered(
  sending: Promise<{ readonly status: number; readonly text: string }>,
  { staysSignedOut }: Options,
): Promise<string> {
  const askedFrom = hereText();
  const answer = await sending.catch((cause: unknown) => {
    throw networkFailure(cause);
  });
  if (answer.status >= 200 && answer.status < 300) return answer.text;
  // A page that asked for several things is refused several times; it leaves once.
  if (answer.status === 401 && !staysSignedOut && hereText() === askedFrom) leaveToSignIn();
  throw failureOf(answer.status, answer.text);
}

/** What was kept belongs to the account that is gone. */
function leaveToSignIn(): void {
  // Of several requests of a page the first one leads there; where one was must not be lost.
  if (hereText().includes('sign-in')) return;
  keepSession(undefined);
  forgetAnswers();
  replace('sign-in', { back: hereText() });
}

/** '/api/units/:unitId' with its parameters and query filled in. */
export function addressOf(
  template: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = template.replace(/:(\w+)/g, (_match, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined && one !== null && one !== '')
      .map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`),
  );
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}
