import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

/** From the first byte sent to the last received; a payer waits on the other side. */
const totalTimeoutMs = 8000;
/** A connection that takes longer will not become a good one. */
const connectTimeoutMs = 3000;
/** Answers of the calls we make are below 10 KB; certificates below 20 KB. */
const maxAnswerBytes = 1024 * 1024;
/** Nobody waits for a statement; a large company's day has some MB. */
export const fileLimits = { timeoutMs: 60_000, maxAnswerBytes: 64 * 1024 * 1024 } as const;
const maxSockets = 64;

const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets }),
  'https:': new https.Agent({ keepAlive: true, maxSockets, minVersion: 'TLSv1.2' }),
};

export interface WireRequest {
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  /** Sent as it is: the signature covers these bytes. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Our own certificate, where the channel asks for it in the TLS handshake; both in PEM. */
  readonly identity?: { readonly cert: string; readonly key: string };
  /** Other limits than those of a call that a payer waits for. */
  readonly limits?: typeof fileLimits;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** One request without redirects or repeats. @throws when no whole answer came in time */
export async function send(request: WireRequest): Promise<WireAnswer> {
  const url = new URL(request.origin);
  const isTls = url.protocol === 'https:';
  const options: RequestOptions = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port || (isTls ? 443 : 80),
    method: request.method,
    path: request.path,
    headers: { ...request.headers, 'content-length': String(Buffer.byteLength(request.body)) },
    agent: agentFor(request, isTls),
    signal: AbortSignal.timeout(request.limits?.timeoutMs ?? totalTimeoutMs),
  };
  return await new Promise<WireAnswer>((resolve, reject) => {
    const outgoing = (isTls ? https : http).request(options, (answer) => {
      readAll(answer, request.limits?.maxAnswerBytes ?? maxAnswerBytes).then(
        (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        reject,
      );
    });
    outgoing.on('error', reject);
    limitConnect(outgoing);
    outgoing.end(request.body);
  });
}

/** A connection that is ours by certificate is used once and shared with nobody. */
function agentFor({ identity }: WireRequest, isTls: boolean): http.Agent {
  if (!isTls) return agents['http:'];
  return identity ? new https.Agent({ ...identity, minVersion: 'TLSv1.2' }) : agents['https:'];
}

/** Why no whole answer came, for the log. */
export function whyNoAnswer(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  return error.name === 'AbortError' || error.name === 'TimeoutError'
    ? 'time-out'
    : (code ?? error.message);
}

function limitConnect(outgoing: http.ClientRequest): void {
  outgoing.on('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(
      () => outgoing.destroy(new Error('connecting took too long')),
      connectTimeoutMs,
    );
    const stop = () => clearTimeout(timer);
    socket.once('connect', stop);
    socket.once('close', stop);
  });
}

async function readAll(answer: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
