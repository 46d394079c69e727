import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerFault, Taken } from '../faults.ts';
import { logInbound, pathOf, queryOf, rawBody } from '../inbound.ts';
import { authorize } from './authorization.ts';
import { billCalls } from './bill-calls.ts';
import { randomText } from './crypto.ts';
import { type Call, type CallInput, orderCalls } from './order-calls.ts';
import { orderOfSigner } from './orders.ts';
import { noticeCalls } from './papay-notice.ts';
import type { PayDeps } from './pay.ts';
import { answerKey, type SigningKey } from './platform-keys.ts';
import { cutOff, payWhenSent, playFault, type Unwilling } from './play.ts';
import { refundCalls } from './refund-calls.ts';
import { Refusal, refusals } from './refusals.ts';
import { signedHeaders } from './signed-message.ts';

/** Every endpoint of APIv3. */
const allCalls: readonly Call[] = [...orderCalls, ...refundCalls, ...billCalls, ...noticeCalls];

type Answer = { status: number; body: string; file?: Buffer; headers: Record<string, string> };

/** The merchant API at the root, so that the signed path equals the real one. */
export function registerWechatApi(app: FastifyInstance, deps: PayDeps): void {
  app.all('/v3/*', (request, reply) => handle(deps, request, reply));
}

async function handle(deps: PayDeps, request: FastifyRequest, reply: FastifyReply) {
  const startedAt = Date.now();
  const path = pathOf(request);
  const matching = allCalls.filter((call) => call.path.test(path));
  const call = matching.find((one) => one.method === request.method);
  const outTradeNo = orderNumberOf(deps, path, rawBody(request));
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
  const fault =
    call.at === null ? undefined : deps.faults.takeForAnswer(call.at, outTradeNo, 'wechat-pay');
  const order = () =>
    outTradeNo === null ? undefined : orderOfSigner(deps, checked.input.merchant, outTradeNo);
  const played = await playFault<Answer>(deps, {
    fault,
    isPrepay: call.at === 'prepay',
    order,
    run: () => answerOf(deps, { ...checked, call, fault }),
    refuse: (how) => refusalAnswer(unwilling[how]()),
  });
  log(played.answer, 'ok', fault?.fault);
  if (played.answer === null) return cutOff(reply, played.silentMs ?? 0);
  if (fault?.fault === 'paid-after-answer') payWhenSent(deps, reply, order());
  return send(reply, played.answer);
}

const unwilling: Record<Unwilling, () => Refusal> = {
  'system-error': refusals.systemError,
  unavailable: refusals.unavailable,
  'rate-limited': refusals.rateLimited,
};

function check(deps: PayDeps, request: FastifyRequest, call: Call) {
  const { method, url: pathAndQuery, headers } = request;
  const body = rawBody(request);
  const merchant = authorize(deps.records, deps.clock, { method, pathAndQuery, headers, body });
  const wanted = headers['wechatpay-serial'];
  const key = answerKey(deps.records, deps.clock, merchant, wanted?.toString());
  if (key === undefined) throw refusals.serialUnknown();
  const variable = decodeURIComponent(call.path.exec(pathOf(request))?.[1] ?? '');
  const origin = `${request.protocol}://${request.host}`;
  const query = queryOf(request);
  return { input: { merchant, key: variable, query, body, origin }, key };
}

function answerOf(
  deps: PayDeps,
  scene: { call: Call; input: CallInput; key: SigningKey; fault: Taken<AnswerFault> | undefined },
): Answer {
  try {
    const fault = scene.fault?.fault;
    const { status, body, file } = scene.call.run(deps, { ...scene.input, fault: scene.fault });
    if (file !== undefined) return fileAnswer(file);
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

/** A file is not signed; the log keeps its size only. */
function fileAnswer(file: Buffer): Answer {
  const headers = { 'content-type': 'application/octet-stream', 'request-id': requestId(0) };
  return { status: 200, body: `（文件，${file.length} 字节）`, file, headers };
}

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
  const { status, headers, file, body } = answer;
  return reply
    .code(status)
    .headers(headers)
    .send(file ?? body);
}

/** The order number that a request is about, for the log and for faults on one order. */
function orderNumberOf(deps: PayDeps, path: string, body: Buffer): string | null {
  const { orders, refunds } = deps.records;
  const text = body.toString('utf8');
  const inBody = (name: string) => new RegExp(`"${name}"\\s*:\\s*"([^"]+)"`).exec(text)?.[1];
  const inPath = /\/out-trade-no\/([^/]+)/.exec(path)?.[1];
  if (inPath !== undefined) return decodeURIComponent(inPath);
  const named = inBody('out_trade_no');
  if (named !== undefined) return named;
  const refundNo = /\/refunds\/([^/]+)$/.exec(path)?.[1];
  if (refundNo !== undefined) {
    const wanted = decodeURIComponent(refundNo);
    return refunds.find((one) => one.outRefundNo === wanted)?.outTradeNo ?? null;
  }
  const id = inBody('transaction_id') ?? /\/transactions\/id\/([^/]+)/.exec(path)?.[1];
  if (id === undefined) return null;
  return orders.find((one) => one.payment?.transactionId === id)?.outTradeNo ?? null;
}
