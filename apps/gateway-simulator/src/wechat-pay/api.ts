import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerFault, Taken } from '../faults.ts';
import { logInbound, pathOf, queryOf, rawBody } from '../inbound.ts';
import { authorize } from './authorization.ts';
import { type Call, type CallInput, calls } from './calls.ts';
import { randomText } from './crypto.ts';
import { findOrder } from './orders.ts';
import { type PayDeps, payAnyhow } from './pay.ts';
import { answerKey, type SigningKey } from './platform-keys.ts';
import type { Order } from './records.ts';
import { Refusal, refusals } from './refusals.ts';
import { signedHeaders } from './signed-message.ts';

type Answer = { status: number; body: string; headers: Record<string, string> };
/** `null` instead of an answer: the line goes dead, at once or after a long silence. */
type Played = { answer: Answer | null; silentMs?: number };

/** How long an unanswered call is held open; longer than any client should wait. */
const SILENCE_MS = 60_000;

/** The merchant API at the root, so that the signed path equals the real one. */
export function registerWechatApi(app: FastifyInstance, deps: PayDeps): void {
  app.all('/v3/*', (request, reply) => handle(deps, request, reply));
}

async function handle(deps: PayDeps, request: FastifyRequest, reply: FastifyReply) {
  const startedAt = Date.now();
  const path = pathOf(request);
  const matching = calls.filter((call) => call.path.test(path));
  const call = matching.find((one) => one.method === request.method);
  const outTradeNo = orderNumberOf(path, rawBody(request));
  const log = (answer: Answer | null, signature: string, fault?: string) => {
    const shown = answer ?? { status: 0, body: '', headers: {} };
    logInbound(deps, request, { ...shown, outTradeNo, signature, fault, startedAt });
  };
  if (call === undefined) {
    const answer = { status: matching.length === 0 ? 404 : 405, body: '', headers: {} };
    log(answer, 'not checked');
    return send(reply, answer);
  }
  let checked: { input: CallInput; key: SigningKey };
  try {
    checked = check(deps, request, call);
  } catch (error) {
    const answer = refusalAnswer(error);
    log(answer, answer.status === 401 ? 'bad' : 'not checked');
    return send(reply, answer);
  }
  const fault = deps.faults.takeForAnswer(call.at, outTradeNo, 'wechat-pay');
  const order = () =>
    outTradeNo === null ? undefined : findOrder(deps, checked.input.merchant.mchid, outTradeNo);
  const played = await play(deps, { ...checked, call, fault, order });
  log(played.answer, 'ok', fault?.fault);
  if (played.answer === null) return cutOff(reply, played.silentMs ?? 0);
  if (fault?.fault === 'paid-after-answer') payWhenSent(deps, reply, order());
  return send(reply, played.answer);
}

function check(deps: PayDeps, request: FastifyRequest, call: Call) {
  const { method, url: pathAndQuery, headers } = request;
  const body = rawBody(request);
  const merchant = authorize(deps.records, deps.clock, { method, pathAndQuery, headers, body });
  const wanted = headers['wechatpay-serial'];
  const key = answerKey(deps.records, deps.clock, merchant, wanted?.toString());
  if (key === undefined) throw refusals.serialUnknown();
  const variable = call.path.exec(pathOf(request))?.[1] ?? '';
  const input = { merchant, key: decodeURIComponent(variable), query: queryOf(request), body };
  return { input, key };
}

/** Runs the call as the fault wants it. */
async function play(
  deps: PayDeps,
  scene: {
    call: Call;
    input: CallInput;
    key: SigningKey;
    fault: Taken<AnswerFault> | undefined;
    order: () => Order | undefined;
  },
): Promise<Played> {
  const { call, fault, order } = scene;
  const silentMs = fault?.delayMs ?? SILENCE_MS;
  const run = () => answerOf(deps, scene);
  const payNow = async () => {
    const found = order();
    if (found !== undefined) await payAnyhow(deps, found);
  };
  switch (fault?.fault) {
    case 'server-error':
      return { answer: refusalAnswer(refusals.systemError()) };
    case 'unavailable':
      return { answer: refusalAnswer(refusals.unavailable()) };
    case 'rate-limited':
      return { answer: refusalAnswer(refusals.rateLimited()) };
    case 'server-error-after':
      run();
      return { answer: refusalAnswer(refusals.systemError()) };
    case 'timeout-before':
      return { answer: null, silentMs };
    case 'timeout-after':
      run();
      return { answer: null, silentMs };
    case 'connection-lost-before':
      return { answer: null };
    case 'connection-lost-after':
      run();
      return { answer: null };
    case 'delay':
      await sleep(fault.delayMs ?? 3_000, undefined, { ref: false });
      return { answer: run() };
    case 'paid-before-answer': {
      if (call.at !== 'prepay') await payNow();
      const answer = run();
      if (call.at === 'prepay') await payNow();
      return { answer };
    }
    default: // What spoils the answer itself, and what the call looks at.
      return { answer: run() };
  }
}

function answerOf(
  deps: PayDeps,
  scene: { call: Call; input: CallInput; key: SigningKey; fault: Taken<AnswerFault> | undefined },
): Answer {
  try {
    const { status, body } = scene.call.run(deps, scene.input);
    const fault = scene.fault?.fault;
    const shown = fault === 'unparsable' ? '<html>502 Bad Gateway' : body;
    const nowMs = deps.clock.now();
    const headers = signedHeaders({ nowMs, key: scene.key, body: shown, fault });
    const isEmpty = shown === '';
    return {
      status: isEmpty ? status : 200,
      body: shown,
      headers: { ...(isEmpty ? {} : JSON_TYPE), 'request-id': requestId(0), ...headers },
    };
  } catch (error) {
    return refusalAnswer(error);
  }
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** Refusals carry no `Wechatpay-*` headers. */
function refusalAnswer(error: unknown): Answer {
  if (!(error instanceof Refusal)) throw error;
  const headers = { ...JSON_TYPE, 'request-id': requestId(error.no) };
  return { status: error.status, body: error.body(), headers };
}

function requestId(no: number): string {
  return `08${randomText(30, '0123456789ABCDEF')}-${no}`;
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

async function cutOff(reply: FastifyReply, silentMs: number): Promise<FastifyReply> {
  reply.hijack();
  if (silentMs > 0) await sleep(silentMs, undefined, { ref: false });
  reply.raw.destroy();
  return reply;
}

function payWhenSent(deps: PayDeps, reply: FastifyReply, order: Order | undefined): void {
  if (order === undefined) return;
  reply.raw.once('finish', () => {
    payAnyhow(deps, order).catch((error: unknown) => {
      console.error('gateway-simulator: the late payment failed', error);
    });
  });
}

/** The order number that a request is about, for the log and for faults on one order. */
function orderNumberOf(path: string, body: Buffer): string | null {
  const inPath = /\/out-trade-no\/([^/]+)/.exec(path)?.[1];
  const inBody = /"out_trade_no"\s*:\s*"([^"]+)"/.exec(body.toString('utf8'))?.[1];
  return inPath === undefined ? (inBody ?? null) : decodeURIComponent(inPath);
}
