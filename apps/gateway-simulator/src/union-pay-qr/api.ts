import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerFault } from '../faults.ts';
import { logInbound, rawBody } from '../inbound.ts';
import { type Answer, play, sendPlayed } from '../union-pay/answering.ts';
import { originOf } from '../union-pay/origin.ts';
import type { PayDeps } from './deps.ts';
import type { Grants } from './login.ts';
import { findOrder, findOrderBy } from './orders.ts';
import { payAnyhow } from './pay.ts';
import { keyOf, type Merchant, type Order } from './records.ts';
import { Refusal } from './refusals.ts';
import { type ServiceAnswer, services } from './services.ts';
import { isSigned } from './signature.ts';
import { signed } from './signed-message.ts';
import { commonFields } from './trade-fields.ts';
import { type Fields, readXml, writeXml } from './xml.ts';

/** The one address of the XML access; the field `service` says what is asked. */
export function registerGateway(app: FastifyInstance, deps: PayDeps, grants: Grants): void {
  app.post('/pay/gateway', (request, reply) => handle(deps, grants, request, reply));
}

async function handle(deps: PayDeps, grants: Grants, request: FastifyRequest, reply: FastifyReply) {
  const startedAt = Date.now();
  const fields = readXml(rawBody(request).toString('utf8'));
  const order = () => fields && subjectOf(deps, fields);
  const outTradeNo = order()?.outTradeNo ?? fields?.out_trade_no ?? null;
  const log = (answer: Answer | null, signature: string, fault?: string) => {
    const shown = answer ?? { status: 0, body: '', headers: {} };
    logInbound(deps, request, { ...shown, outTradeNo, signature, fault, startedAt });
  };
  const merchant = deps.records.merchants.get(fields?.mch_id ?? '');
  const wrong = wrongIn(fields, merchant);
  if (wrong !== undefined || fields === undefined || merchant === undefined) {
    const answer = xmlAnswer({ status: '400', message: wrong ?? '' });
    log(answer, wrong === WRONG_SIGN ? 'bad' : 'not checked');
    return sendPlayed(reply, { answer });
  }
  const call = services[fields.service ?? ''];
  const at = call?.at ?? 'query';
  const fault = deps.faults.takeForAnswer(at, outTradeNo, 'union-pay-qr');
  const payNow = async () => {
    const found = order();
    if (found !== undefined) await payAnyhow(deps, found);
  };
  const refused = (error: unknown) => answerOf(merchant, refusalFields(error), fault?.fault);
  const played = await play({
    fault,
    isPrepay: at === 'prepay',
    payNow,
    busy: () => Promise.resolve(refused(new Refusal('SYSTEM_BUSY'))),
    run: async () => {
      try {
        if (call === undefined) throw new Refusal('SERVICE_NOT_SUPPORTED', fields.service);
        const origin = originOf(deps, request);
        const answer = await call.run(deps, { merchant, fields, fault, grants, origin });
        return answerOf(merchant, answer, fault?.fault);
      } catch (error) {
        return refused(error);
      }
    },
  });
  log(played.answer, 'ok', fault?.fault);
  return sendPlayed(reply, played, fault?.fault === 'paid-after-answer' ? payNow : undefined);
}

const WRONG_SIGN = '签名错误';

/** What is wrong before anything is looked at; such an answer bears no signature. */
function wrongIn(fields: Fields | undefined, merchant: Merchant | undefined): string | undefined {
  if (fields === undefined) return '报文不是正确的 XML';
  if (merchant === undefined) return '商户号不存在';
  if ((fields.sign_type ?? 'MD5') !== 'MD5') return 'sign_type 只支持 MD5';
  if ((fields.nonce_str ?? '') === '') return '缺少 nonce_str';
  return isSigned(fields, merchant.key) ? undefined : WRONG_SIGN;
}

function refusalFields(error: unknown): Fields {
  if (!(error instanceof Refusal)) throw error;
  // A cashier's scanner must know whether to ask on.
  const needsQuery = error.code === 'USERPAYING' || error.code === 'SYSTEM_BUSY';
  return {
    result_code: '1',
    err_code: error.code,
    err_msg: error.message,
    need_query: needsQuery ? 'Y' : 'N',
  };
}

function answerOf(
  merchant: Merchant,
  answer: ServiceAnswer,
  fault: AnswerFault | undefined,
): Answer {
  if ('file' in answer && answer.file !== undefined) {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    return { status: 200, body: answer.file, headers };
  }
  const head = { ...commonFields(merchant.mchid), status: '0', result_code: '0' };
  return xmlAnswer(signed({ ...head, ...answer }, merchant.key, fault));
}

function xmlAnswer(fields: Fields): Answer {
  const headers = { 'content-type': 'text/xml; charset=UTF-8' };
  return { status: 200, body: writeXml(fields), headers };
}

/** The order that a request is about: by its number, by ours, or by that of a refund. */
function subjectOf(deps: PayDeps, fields: Fields): Order | undefined {
  const { mch_id: mchid = '', out_trade_no: outTradeNo = '' } = fields;
  const { transaction_id: transactionId = '', out_refund_no: outRefundNo = '' } = fields;
  if (outTradeNo !== '') return findOrder(deps, mchid, outTradeNo);
  if (transactionId !== '') {
    return findOrderBy(deps, (one) => one.payment?.transactionId === transactionId);
  }
  const refund = deps.records.refunds.get(keyOf(mchid, outRefundNo));
  return refund && findOrder(deps, mchid, refund.outTradeNo);
}
