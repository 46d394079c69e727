import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../apps/gateway-simulator/src/simulator.ts';

interface Heard {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: Buffer;
}

/** Listens where the api would: one notice at a time. @param answer what the channel takes */
export async function startEar(answer = { status: 204, body: '' }) {
  let onNotice: (heard: Heard) => void = () => undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      onNotice({ url, headers, rawBody: Buffer.concat(chunks) });
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What is heard next; of an account where others may still hear of older things. */
    next: (account?: { readonly number: number }) =>
      new Promise<Heard>((resolve) => {
        onNotice = (heard) => {
          if (!account || heard.url.endsWith(`/${account.number}`)) resolve(heard);
        };
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What a test tells the simulator to do. @throws Error with what it refused */
export function controlOf(simulator: Simulator) {
  return async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    const sent = body && { headers, body: JSON.stringify(body) };
    const response = await fetch(`${simulator.url}/control/${path}`, { method, ...sent });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  };
}
