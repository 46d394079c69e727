import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { logInbound, rawBody } from '../inbound.ts';
import { type Answer, play, sendPlayed } from './answering.ts';
import { authorize } from './authorize.ts';
import { cashierPage } from './cashier.ts';
import type { PayDeps } from './deps.ts';
import { placeOrder } from './orders.ts';
import { messagePage } from './pages.ts';
import { payAnyhow } from './pay.ts';
import type { Order } from './records.ts';
import { Refusal, respMsg } from './resp-codes.ts';
import { readForm } from './wire.ts';

const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' };

/**
 * The payer's browser posts the merchant's form here and sees the cashier. What the gateway
 * refuses is a page as well: nobody but the payer reads the answer.
 */
export function registerFront(app: FastifyInstance, deps: PayDeps): void {
  app.post('/gateway/api/frontTransReq.do', (request, reply) => openCashier(deps, request, reply));
}

async function openCashier(deps: PayDeps, request: FastifyRequest, reply: FastifyReply) {
  const startedAt = Date.now();
  const read = readForm(rawBody(request));
  const fields = read ?? {};
  const outTradeNo = fields.orderId ?? null;
  const log = (answer: Answer | null, signature: string, fault?: string) => {
    const shown = answer ?? { status: 0, body: '', headers: {} };
    logInbound(deps, request, { ...shown, outTradeNo, signature, fault, startedAt });
  };
  let merchant: ReturnType<typeof authorize>;
  try {
    merchant = authorize(deps, read);
    if (`${fields.txnType}/${fields.txnSubType}` !== '01/01') {
      throw new Refusal('32', '此地址只受理消费');
    }
  } catch (error) {
    const answer = refusalPage(deps, error);
    log(answer, error instanceof Refusal && error.respCode === '11' ? 'bad' : 'not checked');
    return sendPlayed(reply, { answer });
  }
  const fault = deps.faults.takeForAnswer('prepay', outTradeNo, 'union-pay');
  let order: Order | undefined;
  const payNow = async () => {
    if (order !== undefined) await payAnyhow(deps, order);
  };
  const played = await play({
    fault,
    isPrepay: true,
    payNow,
    busy: () => Promise.resolve(pageAnswer(200, messagePage(deps, '无法付款', respMsg('06')))),
    run: () => {
      try {
        order = placeOrder(deps, merchant, fields, 'front');
        return Promise.resolve(pageAnswer(200, cashierPage(deps, request, order)));
      } catch (error) {
        return Promise.resolve(refusalPage(deps, error));
      }
    },
  });
  log(played.answer, 'ok', fault?.fault);
  return sendPlayed(reply, played, fault?.fault === 'paid-after-answer' ? payNow : undefined);
}

function refusalPage(deps: PayDeps, error: unknown): Answer {
  if (!(error instanceof Refusal)) throw error;
  const text = `${error.message}（应答码 ${error.respCode}）。请返回商户重新下单。`;
  return pageAnswer(200, messagePage(deps, '无法付款', text));
}

function pageAnswer(status: number, body: string): Answer {
  return { status, body, headers: HTML_TYPE };
}
