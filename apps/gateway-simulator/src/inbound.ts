import type { FastifyRequest } from 'fastify';
import type { CoreDeps } from './deps.ts';
import { plainHeaders } from './request-log.ts';

/** The body as it came; the simulator reads nothing before the signature is checked. */
export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The path as it stood on the request line, without the query. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '';
}

export function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.split('?').slice(1).join('?'));
}

/** Cookies by name; the first of a name counts. */
export function cookiesOf(request: FastifyRequest): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return new Map(pairs.reverse().map(([name, value]) => [name ?? '', value ?? '']));
}

/** Puts an exchange with a merchant or a browser into the log. */
export function logInbound(
  deps: Pick<CoreDeps, 'clock' | 'log'>,
  request: FastifyRequest,
  answer: {
    status: number;
    body: string;
    headers: Record<string, string>;
    outTradeNo?: string | null;
    signature: string;
    fault?: string | undefined;
    startedAt: number;
  },
): void {
  deps.log.add({
    at: deps.clock.now(),
    direction: 'in',
    method: request.method,
    path: request.url,
    status: answer.status,
    outTradeNo: answer.outTradeNo ?? null,
    signature: answer.signature,
    fault: answer.fault ?? null,
    durationMs: Date.now() - answer.startedAt,
    requestHeaders: plainHeaders(request.headers),
    requestBody: rawBody(request).toString('utf8'),
    responseHeaders: answer.headers,
    responseBody: answer.body,
  });
}
