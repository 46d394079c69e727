import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import { createApp } from './app.ts';

test('login codes that wallets put behind an address do not reach the log', async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const app = await createApp({
    authenticate: async () => undefined,
    publicUrl: 'https://pay.example.com',
    loggerInstance: pino(stream),
  });
  app.get('/cb/:channel', { config: { permission: 'public' } }, async () => 'ok');
  await app.inject('/cb/wechat-pay?code=0a1b2c3d4e&state=ffff');
  await app.close();
  const said = lines.join('');
  expect(said).toContain('/cb/wechat-pay');
  expect(said).not.toContain('0a1b2c3d4e');
});
