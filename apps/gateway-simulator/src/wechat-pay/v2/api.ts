import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { logInbound, pathOf, rawBody } from '../../inbound.ts';
import { orderOfSigner } from '../orders.ts';
import type { PayDeps } from '../pay.ts';
import { cutOff, payWhenSent, playFault, type Unwilling } from '../play.ts';
import { type Answer, businessAnswer, refusedAnswer, transportAnswer } from './answer.ts';
import { type V2Call, type V2Input, V2Refused } from './call.ts';
import { codeCalls } from './code-pay.ts';
import { papayCalls } from './papay.ts';
import { refundCalls } from './refunds.ts';
import { type Fields, readXml, signTypeOf } from './xml.ts';

const calls: readonly V2Call[] = [...codeCalls, ...refundCalls, ...papayCalls];

/** APIv2: XML over POST, always answered with HTTP 200. */
export function registerV2(app: FastifyInstance, deps: PayDeps): void {
  for (const call of calls) {
    for (const path of call.paths) {
      app.all(path, (request, reply) => handle(deps, call, request, reply));
    }
  }
}

async function handle(
  deps: PayDeps,
  call: V2Call,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const startedAt = Date.now();
  const fields = readXml(rawBody(request).toString('utf8')) ?? {};
  const outTradeNo = orderNumberOf(deps, fields);
  const log = (answer: Answer | null, signature: string, fault?: string) => {
    const shown = answer ?? { status: 0, body: '', headers: {} };
    logInbound(deps, request, { ...shown, outTradeNo, signature, fault, startedAt });
  };
  const checked = check(deps, request, call);
  if (typeof checked === 'string') {
    const answer = transportAnswer(checked);
    log(answer, checked === SIGNATURE_WRONG ? 'bad' : 'not checked');
    return send(reply, answer);
  }
  const fault = deps.faults.takeForAnswer(call.at, outTradeNo, 'wechat-pay');
  const input: V2Input = { ...checked, fault };
  const order = () =>
    outTradeNo === null ? undefined : orderOfSigner(deps, checked.merchant, outTradeNo);
  const played = await playFault<Answer>(deps, {
    fault,
    isPrepay: call.at === 'prepay',
    order,
    run: () => run(deps, call, input),
    refuse: (how) => unwilling(input, how),
  });
  log(played.answer, 'ok', fault?.fault);
  if (played.answer === null) return cutOff(reply, played.silentMs ?? 0);
  if (fault?.fault === 'paid-after-answer') payWhenSent(deps, reply, order());
  return send(reply, played.answer);
}

const SIGNATURE_WRONG = '签名失败';

/** Who asks and with which key, or why the message is not even read. */
function check(deps: PayDeps, request: FastifyRequest, call: V2Call): V2Input | string {
  if (request.method !== 'POST') return '请使用post方法';
  const text = rawBody(request).toString('utf8');
  if (text.trim() === '') return 'post数据为空';
  const fields = readXml(text);
  if (fields === undefined) return 'XML格式错误';
  const merchant = deps.records.merchants.get(fields.mch_id ?? '');
  if (merchant === undefined) return 'mch_id参数格式错误';
  if (merchant.apiV2Key === undefined) return SIGNATURE_WRONG;
  const signType = signTypeOf(fields, merchant.apiV2Key);
  if (signType === undefined) return SIGNATURE_WRONG;
  const lacking = call.required.find((name) => !fields[name]);
  if (lacking !== undefined) return `缺少参数${lacking}`;
  if (fields.appid !== undefined && !Object.hasOwn(merchant.apps, fields.appid)) {
    return 'appid和mch_id不匹配';
  }
  const subMchid = fields.sub_mch_id || undefined;
  const isPartner = pathOf(request).includes('/partner/') || subMchid !== undefined;
  if (isPartner && merchant.subMerchants?.[subMchid ?? ''] === undefined) {
    return '子商户号未授权给当前服务商';
  }
  const party =
    subMchid === undefined
      ? { merchant, mchid: merchant.mchid }
      : { merchant, mchid: subMchid, spMchid: merchant.mchid };
  return { merchant, party, fields, signType, key: merchant.apiV2Key, fault: undefined };
}

function run(deps: PayDeps, call: V2Call, input: V2Input): Answer {
  try {
    return businessAnswer(input, call.run(deps, input));
  } catch (error) {
    if (!(error instanceof V2Refused)) throw error;
    return refusedAnswer(input, error);
  }
}

function unwilling(input: V2Input, how: Unwilling): Answer {
  if (how === 'unavailable') {
    return { status: 503, body: '<html>503 Service Unavailable</html>', headers: {} };
  }
  const [code, text] =
    how === 'rate-limited' ? ['FREQUENCY_LIMITED', '频率限制'] : ['SYSTEMERROR', '系统错误'];
  return refusedAnswer(input, new V2Refused(code ?? '', text ?? ''));
}

function orderNumberOf({ records }: PayDeps, fields: Fields): string | null {
  if (fields.out_trade_no) return fields.out_trade_no;
  const { transaction_id: id, out_refund_no: refundNo } = fields;
  const refund = refundNo && records.refunds.find((one) => one.outRefundNo === refundNo);
  if (refund) return refund.outTradeNo;
  if (!id) return fields.contract_code ?? null;
  return records.orders.find((one) => one.payment?.transactionId === id)?.outTradeNo ?? null;
}

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}
