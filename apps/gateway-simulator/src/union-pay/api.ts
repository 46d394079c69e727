import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { logInbound, pathOf, rawBody } from '../inbound.ts';
import { type Answer, play, sendPlayed } from './answering.ts';
import { authorize } from './authorize.ts';
import { callOf, callPaths } from './calls.ts';
import type { PayDeps } from './deps.ts';
import { findOrderBy, keyOf } from './orders.ts';
import { originOf } from './origin.ts';
import { payAnyhow } from './pay.ts';
import type { Merchant, Order } from './records.ts';
import { Refusal, respMsg } from './resp-codes.ts';
import { origOf } from './reversals.ts';
import type { Fields } from './signature.ts';
import { signed } from './signed-message.ts';
import { lineOf, readForm } from './wire.ts';

/** The requests of a merchant that are answered with one line, as UnionPay's own paths have it. */
export function registerGateway(app: FastifyInstance, deps: PayDeps): void {
  for (const path of callPaths) {
    app.post(path, (request, reply) => handle(deps, request, reply));
  }
}

async function handle(deps: PayDeps, request: FastifyRequest, reply: FastifyReply) {
  const startedAt = Date.now();
  const read = readForm(rawBody(request));
  const fields = read ?? {};
  const subject = subjectOf(deps, fields);
  const outTradeNo = subject?.orderId ?? fields.orderId ?? null;
  const log = (answer: Answer | null, signature: string, fault?: string) => {
    const shown = answer ?? { status: 0, body: '', headers: {} };
    logInbound(deps, request, { ...shown, outTradeNo, signature, fault, startedAt });
  };
  const replied = (merchant: Merchant | undefined, answer: Fields, fault?: Taken['fault']) =>
    lineAnswer(deps, fields, merchant, answer, fault);

  let merchant: Merchant;
  let call: ReturnType<typeof callOf>;
  try {
    merchant = authorize(deps, read);
    call = callOf(deps, pathOf(request), fields);
  } catch (error) {
    const refused = refusalFields(error);
    const known = deps.records.merchants.get(fields.merId ?? '');
    const answer = await replied(known, refused);
    log(answer, refused.respCode === '11' ? 'bad' : 'not checked');
    return sendPlayed(reply, { answer });
  }
  const fault = deps.faults.takeForAnswer(call.at, outTradeNo, 'union-pay');
  const payNow = async () => {
    const order = subject ?? subjectOf(deps, fields);
    if (order !== undefined) await payAnyhow(deps, order);
  };
  const played = await play({
    fault,
    isPrepay: call.at === 'prepay',
    payNow,
    busy: () => replied(merchant, { respCode: '06', respMsg: respMsg('06') }),
    run: async () => {
      const input = { merchant, fields, fault, origin: originOf(deps, request) };
      const answer = await carriedOut(() => call.run(deps, input));
      return replied(merchant, answer, fault?.fault);
    },
  });
  log(played.answer, 'ok', fault?.fault);
  return sendPlayed(reply, played, fault?.fault === 'paid-after-answer' ? payNow : undefined);
}

type Taken = NonNullable<ReturnType<PayDeps['faults']['takeForAnswer']>>;

async function carriedOut(run: () => Fields | Promise<Fields>): Promise<Fields> {
  try {
    return await run();
  } catch (error) {
    return refusalFields(error);
  }
}

function refusalFields(error: unknown): Fields {
  if (!(error instanceof Refusal)) throw error;
  return { respCode: error.respCode, respMsg: error.message };
}

/** Fields of the request that every reply repeats. */
const ECHOED = [
  'version',
  'encoding',
  'txnType',
  'txnSubType',
  'bizType',
  'accessType',
  'merId',
  'orderId',
  'txnTime',
  'settleDate',
  'reqReserved',
];

async function lineAnswer(
  deps: PayDeps,
  request: Fields,
  merchant: Merchant | undefined,
  answer: Fields,
  fault: Taken['fault'] | undefined,
): Promise<Answer> {
  const echoed = Object.fromEntries(ECHOED.map((name) => [name, request[name] ?? '']));
  const fields = await signed(
    deps,
    { ...echoed, ...answer },
    {
      signMethod: request.signMethod === '11' ? '11' : '01',
      secureKey: merchant?.secureKey ?? null,
      fault,
    },
  );
  const headers = { 'content-type': 'text/html;charset=UTF-8' };
  return { status: 200, body: lineOf(fields), headers };
}

/** The order that a request is about: its own, or the one that it reverses or asks for. */
function subjectOf(deps: PayDeps, fields: Fields): Order | undefined {
  const { merId = '', origQryId = '' } = fields;
  if (origQryId !== '') return origOf(deps, merId, origQryId);
  const trade = deps.records.trades.get(keyOf(fields));
  if (trade === undefined || trade.kind === 'consume') return trade;
  return findOrderBy(
    deps,
    (one) =>
      one.merId === merId && one.orderId === trade.origOrderId && one.txnTime === trade.origTxnTime,
  );
}
