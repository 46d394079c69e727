import fastify, { type FastifyInstance } from 'fastify';
import { registerAlipay } from './alipay/index.ts';
import { serveFile } from './assets.ts';
import type { ChannelPart } from './channel-part.ts';
import { createClock } from './clock.ts';
import { registerControl } from './control.ts';
import { ControlRefused } from './control-input.ts';
import type { CoreDeps } from './deps.ts';
import { registerEcny } from './e-cny/index.ts';
import { createFaults } from './faults.ts';
import { registerInspector } from './inspector.ts';
import { registerMessages } from './messages/index.ts';
import { createRequestLog } from './request-log.ts';
import { startSchedule } from './schedule.ts';
import { openStore } from './store.ts';
import { registerUnionPay } from './union-pay/index.ts';
import { registerUnionPayQr } from './union-pay-qr/index.ts';
import { registerWechatPay } from './wechat-pay/index.ts';

export type SimulatorOptions = {
  /** 0 takes a free one. */
  port: number;
  host: string;
  /** Where the journal lives; without it everything is forgotten at the end. */
  dataDir?: string;
  /** How a browser reaches the simulator, such as `http://localhost:8080/sim`. */
  publicUrl?: string;
  /** ms since 1970 at which the simulator's clock begins. */
  startAt?: number;
  /** ms that a merchant has to answer a notification; five seconds in reality. */
  answerTimeoutMs?: number;
};

export type Simulator = { url: string; port: number; close(): Promise<void> };

const ANSWER_TIMEOUT_MS = 5_000;
/** Largest body taken; the real limits are far smaller. */
const BODY_MOST_BYTES = 1024 * 1024;

/** Starts the payment channels over HTTP, in this process. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const store = openStore(options.dataDir);
  const core: CoreDeps = {
    clock: createClock(store, options.startAt),
    store,
    faults: createFaults(),
    log: createRequestLog(),
    publicUrl: options.publicUrl ?? '',
    publicPath: options.publicUrl ? pathOfUrl(options.publicUrl) : '',
    answerTimeoutMs: options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
  };
  const app = createApp(core.publicPath);
  const parts = await registerChannels(app, core, options.host);
  const schedule = startSchedule(core.clock, parts);
  const reset = (withMerchants: boolean) => resetAll(core, parts, withMerchants);
  registerControl(app, { ...core, schedule, reset });
  registerInspector(app, core);
  registerAssets(app);
  const url = await app.listen({ port: options.port, host: options.host });
  const port = Number(new URL(url).port);
  return {
    url,
    port,
    close: async () => {
      schedule.stop();
      for (const part of parts) part.stop?.();
      await app.close();
      store.close();
    },
  };
}

/** Every channel there is; a new one adds its line. */
async function registerChannels(
  app: FastifyInstance,
  core: CoreDeps,
  host: string,
): Promise<ChannelPart[]> {
  return [
    await registerWechatPay(app, core),
    registerUnionPay(app, core),
    registerUnionPayQr(app, core),
    registerAlipay(app, core),
    registerEcny(app, core),
    // One line a channel.
    registerMessages(app, core, host),
  ];
}

function createApp(publicPath: string): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_MOST_BYTES,
    forceCloseConnections: true, // Calls that a fault holds open would never end.
    // A proxy that leaves the prefix in place, and links followed on our own port.
    rewriteUrl: ({ url = '/' }) =>
      publicPath !== '' && url.startsWith(`${publicPath}/`) ? url.slice(publicPath.length) : url,
  });
  app.removeAllContentTypeParsers();
  // Every body stays as it came: signatures cover the bytes.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    const isForeign = request.headers['sec-fetch-site'] === 'cross-site';
    if (isForeign && request.url.startsWith('/control/')) {
      await reply.code(403).send({ error: '控制接口不接受其他网站的请求', field: null });
    }
  });
  app.setErrorHandler((error, _, reply) => {
    if (error instanceof ControlRefused) {
      return reply.code(error.status).send({ error: error.message, field: error.field });
    }
    const status = statusOf(error);
    if (status >= 500) console.error('gateway-simulator:', error);
    return reply.code(status).send({ error: '模拟网关无法处理这个请求', field: null });
  });
  app.get('/', (_, reply) => reply.redirect(`${publicPath}/wechat-pay/wallet`));
  app.setNotFoundHandler((_, reply) => reply.code(404).send(''));
  return app;
}

function registerAssets(app: FastifyInstance): void {
  serveFile(app, { path: '/assets/inspector.js', file: 'inspector.js', type: 'text/javascript' });
  serveFile(app, { path: '/assets/icon.svg', file: 'icon.svg', type: 'image/svg+xml' });
  serveFile(app, { path: '/assets/simulator.css', file: 'simulator.css', type: 'text/css' });
}

/** Back to the beginning, with the platform keys and, unless asked, the merchants kept. */
function resetAll(core: CoreDeps, parts: ChannelPart[], withMerchants: boolean): void {
  for (const part of parts) part.reset(withMerchants);
  core.faults.clear();
  core.log.clear();
  core.clock.reset();
}

function pathOfUrl(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/** What the HTTP library says of a request that it could not read. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
