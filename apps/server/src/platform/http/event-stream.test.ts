import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { openEventStream } from './event-stream.ts';

/** A promise and the function that keeps it. */
function signal() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const path = '/events';

/** A stream that opens only once `open` is called, as after a slow look-up. */
async function givenSlowStream() {
  const app = await createApp({
    authenticate: async () => undefined,
    publicUrl: 'http://localhost',
  });
  const asked = signal();
  const mayOpen = signal();
  const closed = signal();
  app.get(path, { config: { permission: 'public' } }, async (_request, reply) => {
    asked.resolve();
    await mayOpen.promise;
    openEventStream(reply, () => closed.resolve());
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { app, port, asked: asked.promise, open: mayOpen.resolve, closed: closed.promise };
}

test('a reader who left before the stream began leaves nothing behind', async () => {
  const { app, port, asked, open, closed } = await givenSlowStream();
  const request = http.get({ port, host: '127.0.0.1', path });
  request.on('error', () => undefined);
  await asked;
  request.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  open();
  const outcome = await Promise.race([
    closed.then(() => 'closed'),
    new Promise((resolve) => setTimeout(() => resolve('still followed'), 1000)),
  ]);
  expect(outcome).toBe('closed');
  await app.close();
});

test('what is said after the end of a stream is not sent and breaks nothing', async () => {
  const app = await createApp({
    authenticate: async () => undefined,
    publicUrl: 'http://localhost',
  });
  app.get(path, { config: { permission: 'public' } }, async (_request, reply) => {
    const stream = openEventStream(reply, () => undefined);
    for (const state of ['paid', 'paid too late']) {
      stream.send('state', { state });
      stream.end();
    }
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const text = await (await fetch(address + path)).text();
  expect(text).toContain('"paid"');
  expect(text).not.toContain('too late');
  await app.close();
});
