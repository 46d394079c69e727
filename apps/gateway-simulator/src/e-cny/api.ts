import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerFault, FaultPlace, Taken } from '../faults.ts';
import { logInbound, pathOf, rawBody } from '../inbound.ts';
import { type Answer, play, sendPlayed } from '../union-pay/answering.ts';
import { originOf } from '../union-pay/origin.ts';
import { type Fields, orderFields, refundFields } from './fields.ts';
import { findOrder, orderIn, placeOrder, saveOrder } from './orders.ts';
import { collect, payAnyhow } from './pay.ts';
import { type Merchant, type Order, type PayDeps, Refusal } from './records.ts';
import { placeRefund, refundIn, reverse } from './refunds.ts';
import { bankKeyOf, isSigned, sealed } from './signature.ts';
import { statementOf } from './statement.ts';

type Call = {
  merchant: Merchant;
  fields: Fields;
  fault: Taken<AnswerFault> | undefined;
  /** How a browser reaches the simulator. */
  origin: string;
};

type Service = {
  at: FaultPlace;
  run(deps: PayDeps, call: Call): Fields | Promise<Fields>;
};

const BASE = '/e-cny/api/v1';
/** Seconds that the clocks of both sides may differ by. */
const SKEW_SECONDS = 300;

const services: Record<string, Service> = {
  orders: { at: 'prepay', run: place },
  'orders/query': {
    at: 'query',
    run: (deps, { merchant, fields }) => orderFields(orderIn(deps, merchant, fields)),
  },
  'orders/close': {
    at: 'close',
    run: (deps, { merchant, fields }) => orderFields(closed(deps, orderIn(deps, merchant, fields))),
  },
  refunds: {
    at: 'refund',
    run: (deps, { merchant, fields, fault }) =>
      refundFields(placeRefund(deps, merchant, fields, fault)),
  },
  'refunds/query': {
    at: 'refund-query',
    run: (deps, { merchant, fields }) => refundFields(refundIn(deps, merchant, fields)),
  },
  statements: {
    at: 'statement',
    run: (deps, { merchant, fields, fault }) => statementOf(deps, merchant, fields, fault?.fault),
  },
};

/** The merchant's side of the bank's interface: POST, JSON, signed both ways. */
export function registerApi(app: FastifyInstance, deps: PayDeps): void {
  for (const [name, service] of Object.entries(services)) {
    app.post(`${BASE}/${name}`, (request, reply) => handle(deps, service, request, reply));
  }
}

async function handle(
  deps: PayDeps,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const startedAt = Date.now();
  const heads = headsOf(request);
  const merchant = deps.records.merchants.get(heads.merchant);
  const fields = jsonOf(rawBody(request));
  const outTradeNo = typeof fields?.orderNo === 'string' ? fields.orderNo : null;
  const log = (answer: Answer | null, signature: string, fault?: string) => {
    const shown = answer ?? { status: 0, body: '', headers: {} };
    logInbound(deps, request, { ...shown, outTradeNo, signature, fault, startedAt });
  };
  const stranger = wrongIn(deps, request, merchant);
  if (stranger !== undefined || merchant === undefined || fields === undefined) {
    const answer = unsigned(stranger ?? new Refusal('FIELD_INVALID', '请求正文不是 JSON 对象'));
    log(answer, 'bad');
    return sendPlayed(reply, { answer });
  }
  const { at } = service;
  const fault = deps.faults.takeForAnswer(at, outTradeNo, 'e-cny');
  const payNow = async () => {
    const order = outTradeNo === null ? undefined : findOrder(deps, merchant.mchid, outTradeNo);
    if (order !== undefined) await payAnyhow(deps, order);
  };
  const bankKey = await bankKeyOf(deps.records);
  const answered = (content: Fields): Answer => {
    const { nonce } = heads;
    const body = JSON.stringify(content);
    const named = { kind: 'ANSWER', path: pathOf(request), merchant: merchant.mchid } as const;
    const message = { ...named, nonce, body, atMs: deps.clock.now() };
    return { status: 200, ...sealed(bankKey, message, fault?.fault) };
  };
  const refused = (error: unknown): Answer => {
    if (!(error instanceof Refusal)) throw error;
    return answered({ code: error.code, message: error.message });
  };
  const played = await play({
    fault,
    isPrepay: at === 'prepay',
    payNow,
    busy: () => Promise.resolve(refused(new Refusal('SYSTEM_BUSY', '系统繁忙，请稍后再试'))),
    run: async () => {
      try {
        const call = { merchant, fields, fault, origin: originOf(deps, request) };
        const data = await service.run(deps, call);
        return answered({ code: 'SUCCESS', message: '成功', data });
      } catch (error) {
        return refused(error);
      }
    },
  });
  log(played.answer, heads.key, fault?.fault);
  return sendPlayed(reply, played, fault?.fault === 'paid-after-answer' ? payNow : undefined);
}

async function place(deps: PayDeps, { merchant, fields, origin }: Call): Promise<Fields> {
  const order = placeOrder(deps, merchant, fields);
  if (order.product === 'SCAN') {
    if (order.state === 'paying') return orderFields(order);
    return orderFields(await collect(deps, { order, user: order.user ?? 1, outcome: 'paid' }));
  }
  const url = `${origin}/e-cny/cashier?token=${order.token}`;
  return {
    ...orderFields(order),
    ...(order.product === 'H5' ? { payUrl: url } : { codeUrl: url }),
  };
}

function closed(deps: PayDeps, order: Order): Order {
  if (order.product === 'SCAN') return reverse(deps, order);
  if (order.payment !== null) throw new Refusal('ORDER_PAID', '订单已支付，不能关闭');
  return saveOrder(deps, { ...order, state: 'closed' });
}

/** What is wrong before anything is looked at; such an answer bears no signature. */
function wrongIn(
  deps: PayDeps,
  request: FastifyRequest,
  merchant: Merchant | undefined,
): Refusal | undefined {
  const { sign, ...heads } = headsOf(request);
  if (merchant === undefined) return new Refusal('MERCHANT_NOT_FOUND', '商户号不存在');
  const publicKeyPem = merchant.keys[heads.key];
  if (publicKeyPem === undefined) return new Refusal('KEY_NOT_FOUND', '没有登记这个密钥编号');
  const skew = Math.abs(Number(heads.time) - deps.clock.now() / 1000);
  if (!(skew <= SKEW_SECONDS)) return new Refusal('TIME_INVALID', '请求时间与银行相差超过 5 分钟');
  if (!/^[0-9A-Za-z-]{16,64}$/.test(heads.nonce)) {
    return new Refusal('NONCE_INVALID', '随机数须是 16 到 64 位字母数字');
  }
  const body = rawBody(request).toString('utf8');
  const envelope = { kind: 'REQUEST', path: pathOf(request), ...heads, body } as const;
  if (isSigned(envelope, publicKeyPem, sign)) return undefined;
  return new Refusal('SIGN_INVALID', '签名错误');
}

function headsOf({ headers }: FastifyRequest) {
  const head = (name: string) => String(headers[`x-dc-${name}`] ?? '');
  return {
    merchant: head('merchant'),
    key: head('key'),
    time: head('time'),
    nonce: head('nonce'),
    sign: head('sign'),
  };
}

function jsonOf(body: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function unsigned({ code, message }: Refusal): Answer {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status: 401, headers, body: JSON.stringify({ code, message }) };
}
