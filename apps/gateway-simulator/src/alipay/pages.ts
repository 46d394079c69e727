import type { FastifyReply, FastifyRequest } from 'fastify';
import { logInbound } from '../inbound.ts';
import { askAgreement } from './agreements.ts';
import { agreementPage, cashierPage } from './cashier-pages.ts';
import type { PayDeps } from './deps.ts';
import type { Agreement, Application, Trade, TradeMethod } from './records.ts';
import { badParameter, Refusal } from './refusals.ts';
import { type Call, checkRequest, type Read } from './request.ts';
import { requiredText } from './trade-rules.ts';
import { beginTrade, findTrade, placeTrade } from './trades.ts';
import { sendPage, userOf } from './wallet-cookies.ts';
import { messagePage } from './wallet-pages.ts';

type Product = { method: TradeMethod; codes: readonly string[]; isRequired: boolean };

const SIGN = 'alipay.user.agreement.page.sign';
const products: Readonly<Record<string, Product>> = {
  'alipay.trade.wap.pay': {
    method: 'wap',
    codes: ['QUICK_WAP_WAY', 'QUICK_WAP_PAY'],
    isRequired: false,
  },
  'alipay.trade.page.pay': {
    method: 'page',
    codes: ['FAST_INSTANT_TRADE_PAY'],
    isRequired: true,
  },
  'alipay.trade.app.pay': { method: 'app', codes: ['QUICK_MSECURITY_PAY'], isRequired: false },
};

/** Methods that a payer's browser or phone opens; a merchant's server never calls them. */
export const pageMethods: ReadonlySet<string> = new Set([...Object.keys(products), SIGN]);

export type Opened =
  | { kind: 'trade'; app: Application; trade: Trade }
  | { kind: 'agreement'; app: Application; agreement: Agreement };

/** Shows the cashier or the signing page that a link, a form or an order string asks for. */
export function openPage(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  read: Read,
): FastifyReply {
  const startedAt = Date.now();
  const log = (status: number, signature: string, outTradeNo: string | null) => {
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    const answer = { status, body: '（页面）', headers, outTradeNo, signature, startedAt };
    logInbound(deps, request, answer);
  };
  try {
    const opened = openLink(deps, read);
    const no =
      opened.kind === 'trade' ? opened.trade.outTradeNo : opened.agreement.externalAgreementNo;
    log(200, 'ok', no);
    return showOpened(deps, request, reply, opened);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log(400, /signature|cert-sn/.test(error.subCode) ? 'bad' : 'not checked', null);
    const text = `${error.subMsg}（${error.subCode}）`;
    return sendPage(reply.code(400), messagePage(deps, '无法打开收银台', text));
  }
}

/** Checks what a payer opens. The trade exists from the moment its cashier is shown. */
export function openLink(deps: PayDeps, read: Read): Opened {
  const call = checkRequest(deps, read);
  if (call.method === SIGN) {
    return { kind: 'agreement', app: call.app, agreement: askAgreement(deps, call) };
  }
  const product = products[call.method];
  if (product === undefined) throw badParameter(`${call.method} 不是付款页面`);
  return { kind: 'trade', app: call.app, trade: openTrade(deps, call, product) };
}

export function showOpened(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
): FastifyReply {
  const user = userOf(request);
  const text =
    opened.kind === 'trade'
      ? cashierPage(deps, { ...opened, user })
      : agreementPage(deps, { ...opened, user });
  return sendPage(reply, text);
}

function openTrade(deps: PayDeps, call: Call, product: Product): Trade {
  const code = call.biz.product_code;
  const isKnown = typeof code === 'string' && product.codes.includes(code);
  if (!isKnown && (product.isRequired || code !== undefined)) {
    throw badParameter(`product_code 须为 ${product.codes[0]}`);
  }
  const outTradeNo = requiredText(call.biz, 'out_trade_no', 64);
  const known = findTrade(deps, call.app.sellerId, outTradeNo);
  // A payer who comes back to the page of a paid order is shown that, not an error.
  if (known?.state === 'paid') return known;
  return beginTrade(deps, placeTrade(deps, call, { method: product.method, userNo: null }));
}
