import type { createApp } from '../../apps/server/src/platform/http/index.ts';

type App = Awaited<ReturnType<typeof createApp>>;
type Incoming = Pick<
  Parameters<Parameters<App['setErrorHandler']>[0]>[1],
  'url' | 'headers' | 'body'
>;

/** A notice as the channel sent it, and what we answered. */
export interface Heard {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly status: number;
  readonly answer: string;
}

export type Ear = ReturnType<typeof listen>;

const longestWaitMs = 20_000;

/** Hears every notice that reaches the server, and can make the server stumble over it. */
export function listen(app: App) {
  const heard: Heard[] = [];
  let stumbles = 0;
  app.addHook('preHandler', async (request) => {
    if (!request.url.startsWith('/notify/') || stumbles === 0) return;
    stumbles -= 1;
    throw new Error('the database is away');
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.url.startsWith('/notify/')) {
      heard.push({ ...asSent(request), status: reply.statusCode, answer: textOf(payload) });
    }
  });
  return {
    heard,
    /** The next notices meet an error of ours. */
    stumble: (times: number) => {
      stumbles = times;
    },
    /** Does something and waits until notices were answered. @throws when they do not come */
    async after(act: () => unknown, count = 1): Promise<Heard[]> {
      const before = heard.length;
      await act();
      const until = performance.now() + longestWaitMs;
      while (heard.length < before + count) {
        if (performance.now() > until) {
          throw new Error(`expected ${count} notice(s), heard ${heard.length - before}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return heard.slice(before);
    },
  };
}

/** Sends a notice once more, as anybody on the way could. */
export async function replay(publicUrl: string, notice: Heard): Promise<number> {
  const { 'content-length': _length, host: _host, connection: _hop, ...headers } = notice.headers;
  const body = new Uint8Array(notice.body);
  const answer = await fetch(`${publicUrl}${notice.url}`, { method: 'POST', headers, body });
  return answer.status;
}

function asSent(request: Incoming) {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return { url: request.url, headers: Object.fromEntries(headers), body };
}

function textOf(payload: unknown): string {
  return typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.toString() : '';
}
