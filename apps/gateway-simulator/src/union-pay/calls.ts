import type { FaultPlace } from '../faults.ts';
import { ourCertificates } from './certificates.ts';
import { confirmationTable } from './confirmations.ts';
import type { CallInput, PayDeps } from './deps.ts';
import { answerFile } from './files.ts';
import { keyOf, placeOrder } from './orders.ts';
import { collect } from './pay.ts';
import { answerQuery } from './query.ts';
import type { Entry, Merchant, Order } from './records.ts';
import { checkFields, rules } from './request-rules.ts';
import { Refusal, respMsg } from './resp-codes.ts';
import { placeReversal } from './reversals.ts';
import type { Fields } from './signature.ts';
import { identityFields, successFields } from './trade-fields.ts';
import { firstUser } from './users.ts';

/** A reply without its signature; the fields of the request are echoed unless it says otherwise. */
export type Call = {
  at: FaultPlace;
  run(deps: PayDeps, input: CallInput): Fields | Promise<Fields>;
};

/** Which call a request is: by the address and by its type. Throws Refusal 32 for others. */
export function callOf(deps: PayDeps, path: string, fields: Fields): Call {
  const type = `${fields.txnType}/${fields.txnSubType}`;
  const call = calls[path]?.[type];
  if (call === undefined) throw new Refusal('32', `此地址不受理交易类型 ${type}`);
  return call === query ? { ...query, at: queryPlace(deps, fields) } : call;
}

const query: Call = {
  at: 'query',
  run: (deps, { fields }) => ({
    ...answerQuery(deps, fields),
    ...success,
    // Values may hold the signs that separate the fields, inside brackets.
    reserved: '{settleType=1&cardAttr=01}',
  }),
};

const success = { respCode: '00', respMsg: respMsg('00') };

/** Every request that is answered with a line; the cashier page is opened by `front.ts`. */
const calls: Record<string, Record<string, Call>> = {
  '/gateway/api/backTransReq.do': {
    '01/07': placing('qr', (order, origin) => ({
      qrCode: `${origin}/union-pay/qr/${order.token}`,
    })),
    '01/06': { at: 'prepay', run: payByCode },
    '04/00': { at: 'refund', run: (deps, input) => reverse(deps, input, 'refund') },
    '31/00': { at: 'cancel', run: (deps, input) => reverse(deps, input, 'void') },
    '95/00': { at: 'certificates', run: encryptionCertificate },
  },
  '/gateway/api/appTransReq.do': { '01/01': placing('app', (order) => ({ tn: order.token })) },
  '/gateway/api/order.do': {
    '01/01': placing('order', (order, origin) => ({
      payUrl: `${origin}/union-pay/cashier?token=${order.token}`,
    })),
  },
  '/gateway/api/queryTrans.do': { '00/00': query },
  '/union-pay/files/': { '76/01': { at: 'statement', run: answerFile } },
};

export const callPaths = Object.keys(calls);

function placing(entry: Entry, given: (order: Order, origin: string) => Fields): Call {
  return {
    at: 'prepay',
    run: (deps, { merchant, fields, origin }) => {
      const order = placeOrder(deps, merchant, fields, entry);
      return { ...identityFields(order), ...success, ...given(order, origin) };
    },
  };
}

/** The scanner of the desk: paid at once, failed at once, or to be confirmed by the payer. */
async function payByCode(deps: PayDeps, { merchant, fields }: CallInput): Promise<Fields> {
  const order = placeOrder(deps, merchant, fields, 'code');
  if (order.state === 'failed') return { ...identityFields(order), ...order.failure };
  if (order.state === 'waiting') {
    askPayer(deps, merchant, order);
    return { ...identityFields(order), respCode: '05', respMsg: respMsg('05') };
  }
  const paid = await collect(deps, { order, user: order.user ?? firstUser.no, outcome: 'paid' });
  return { ...successFields(paid), ...success };
}

/** The wallet of the payer shows what waits for consent. */
function askPayer(deps: PayDeps, merchant: Merchant, { token, user, totalFen }: Order): void {
  const href = `/union-pay/cashier?token=${token}`;
  const row = { href, user: user ?? firstUser.no, payee: merchant.name, totalFen };
  confirmationTable(deps.store).set(href, row);
}

function reverse(deps: PayDeps, input: CallInput, kind: 'refund' | 'void'): Fields {
  const { merchant, fields, fault } = input;
  const reversal = placeReversal(deps, merchant, fields, kind, fault);
  const { queryId, origQryId } = reversal;
  return { ...identityFields(reversal), ...success, queryId, origQryId };
}

async function encryptionCertificate(deps: PayDeps, { fields }: CallInput): Promise<Fields> {
  checkFields(fields, rules.certificate);
  const { encryptPem } = await ourCertificates(deps.records, deps.clock);
  return { ...success, certType: '01', encryptPubKeyCert: encryptPem };
}

function queryPlace(deps: PayDeps, fields: Fields): FaultPlace {
  const trade = deps.records.trades.get(keyOf(fields));
  return trade === undefined || trade.kind === 'consume' ? 'query' : 'refund-query';
}
