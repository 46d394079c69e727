import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerFault, Taken } from '../faults.ts';
import { logInbound } from '../inbound.ts';
import type { PayDeps } from './deps.ts';
import { type Method, methods } from './methods.ts';
import { openPage, pageMethods } from './pages.ts';
import { payAnyhow } from './pay.ts';
import type { Trade } from './records.ts';
import { invalid, Refusal, refusals } from './refusals.ts';
import { createReplyWriter, type Reply } from './reply.ts';
import { appOf, type Call, checkRequest, type Read, readParameters } from './request.ts';
import { namedTrade } from './trades.ts';

/** `null` instead of a reply: the line goes dead, at once or after a long silence. */
type Played = { reply: Reply | null; silentMs?: number };

/** How long an unanswered call is held open; longer than any client should wait. */
const SILENCE_MS = 60_000;

type Writer = ReturnType<typeof createReplyWriter>;

/** The v2 gateway: one address, the method among the parameters. */
export function registerGateway(app: FastifyInstance, deps: PayDeps): void {
  const write = createReplyWriter();
  app.get('/gateway.do', (request, reply) => handle(deps, write, request, reply));
  app.post('/gateway.do', (request, reply) => handle(deps, write, request, reply));
}

async function handle(
  deps: PayDeps,
  write: Writer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const startedAt = Date.now();
  const read = readParameters(request);
  const name = read.params.get('method') ?? '';
  if (pageMethods.has(name)) return openPage(deps, request, reply, read);
  let outTradeNo = orderNumberIn(read.params.get('biz_content') ?? '');
  const log = (sent: Reply | null, signature: string, fault?: string) => {
    const shown = sent ?? { status: 0, headers: {}, body: Buffer.alloc(0) };
    const body = shown.body.toString('utf8');
    logInbound(deps, request, { ...shown, body, outTradeNo, signature, fault, startedAt });
  };
  let call: Call;
  let method: Method;
  try {
    call = checkRequest(deps, read);
    method = methodOf(name);
  } catch (error) {
    const refused = gatewayReply(deps, write, read, error);
    log(refused, isAboutSignature(error) ? 'bad' : 'not checked');
    return send(reply, refused);
  }
  outTradeNo = tradeOf(deps, call)?.outTradeNo ?? outTradeNo;
  const fault = deps.faults.takeForAnswer(method.at, outTradeNo, 'alipay');
  const origin = `${request.protocol}://${request.headers.host ?? request.hostname}`;
  const played = await play(deps, { call, method, fault, origin, write });
  log(played.reply, 'ok', fault?.fault);
  if (played.reply === null) return cutOff(reply, played.silentMs ?? 0);
  if (fault?.fault === 'paid-after-answer') payWhenSent(deps, reply, call);
  return send(reply, played.reply);
}

type Playing = {
  call: Call;
  method: Method;
  fault: Taken<AnswerFault> | undefined;
  origin: string;
  write: Writer;
};

/** Runs the call as the fault wants it. */
async function play(deps: PayDeps, playing: Playing): Promise<Played> {
  const { call, method, fault } = playing;
  const silentMs = fault?.delayMs ?? SILENCE_MS;
  const run = () => replyOf(deps, playing);
  const refuse = (refusal: Refusal) => ({ reply: businessReply(playing, method, refusal) });
  switch (fault?.fault) {
    case 'server-error':
      return refuse(refusals.serviceUnavailable());
    case 'unavailable':
      return { reply: { ...PAGE_503, body: Buffer.from('<html>503 Service Unavailable</html>') } };
    case 'rate-limited':
      return refuse(refusals.callLimited());
    case 'server-error-after': {
      await run();
      const retry = method.at === 'cancel' ? { retry_flag: 'Y' } : {};
      return refuse(refusals.systemError().with(retry));
    }
    case 'timeout-before':
      return { reply: null, silentMs };
    case 'timeout-after':
      await run();
      return { reply: null, silentMs };
    case 'connection-lost-before':
      return { reply: null };
    case 'connection-lost-after':
      await run();
      return { reply: null };
    case 'delay':
      await sleep(fault.delayMs ?? 3_000, undefined, { ref: false });
      return { reply: await run() };
    case 'paid-before-answer': {
      if (method.at !== 'prepay') await payNamed(deps, call);
      const reply = await run();
      if (method.at === 'prepay') await payNamed(deps, call);
      return { reply };
    }
    default:
      return { reply: await run() };
  }
}

const PAGE_503 = { status: 503, headers: { 'content-type': 'text/html;charset=utf-8' } };

async function replyOf(deps: PayDeps, playing: Playing): Promise<Reply> {
  const { call, method, fault, origin, write } = playing;
  try {
    const value = await method.run(deps, call, { fault, origin });
    const head = method.isBare === true ? {} : { code: '10000', msg: 'Success' };
    return write({
      key: keyOf(call.method),
      value: { ...head, ...value },
      app: appOf(deps, call.params),
      charset: call.charset,
      fault: fault?.fault,
    });
  } catch (error) {
    return businessReply(playing, method, error);
  }
}

function businessReply({ call, write, fault }: Playing, method: Method, error: unknown): Reply {
  if (!(error instanceof Refusal)) throw error;
  // Signing in has no reply object of its own for a failure.
  const key = error.isOfGateway || method.isBare ? 'error_response' : keyOf(call.method);
  const { app, charset } = call;
  return write({ key, value: error.value(), app, charset, fault: fault?.fault });
}

/** What is missing, or from whom, is told without a signature; the rest is signed. */
function gatewayReply(deps: PayDeps, write: Writer, read: Read, error: unknown): Reply {
  if (!(error instanceof Refusal)) throw error;
  const app = error.code === '40001' ? undefined : appOf(deps, read.params);
  return write({ key: 'error_response', value: error.value(), app, charset: read.charset });
}

function methodOf(name: string): Method {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) throw invalid('invalid-method', '不存在的方法名');
  return method;
}

function keyOf(method: string): string {
  return `${method.replaceAll('.', '_')}_response`;
}

function isAboutSignature(error: unknown): boolean {
  return error instanceof Refusal && /signature|cert-sn/.test(error.subCode);
}

function send(reply: FastifyReply, sent: Reply): FastifyReply {
  return reply.code(sent.status).headers(sent.headers).send(sent.body);
}

async function cutOff(reply: FastifyReply, silentMs: number): Promise<FastifyReply> {
  reply.hijack();
  if (silentMs > 0) await sleep(silentMs, undefined, { ref: false });
  reply.raw.destroy();
  return reply;
}

async function payNamed(deps: PayDeps, call: Call): Promise<void> {
  const trade = tradeOf(deps, call);
  if (trade !== undefined) await payAnyhow(deps, trade);
}

function payWhenSent(deps: PayDeps, reply: FastifyReply, call: Call): void {
  const trade = tradeOf(deps, call);
  if (trade === undefined) return;
  reply.raw.once('finish', () => {
    payAnyhow(deps, trade).catch((error: unknown) => {
      console.error('gateway-simulator: the late payment failed', error);
    });
  });
}

function tradeOf(deps: PayDeps, { app, biz }: Call): Trade | undefined {
  const isNamed = typeof biz.out_trade_no === 'string' || typeof biz.trade_no === 'string';
  return isNamed ? namedTrade(deps, app, biz) : undefined;
}

/** The order number that a request is about, for the log and for faults on one order. */
function orderNumberIn(biz: string): string | null {
  return /"(?:out_trade_no|external_agreement_no)"\s*:\s*"([^"]+)"/.exec(biz)?.[1] ?? null;
}
