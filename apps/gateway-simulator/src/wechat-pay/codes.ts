import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { serveFile } from '../assets.ts';
import { html, page } from '../html.ts';
import { queryOf, rawBody } from '../inbound.ts';
import { barcode } from './barcode.ts';
import { randomText } from './crypto.ts';
import { yuan } from './money.ts';
import { findOrder } from './orders.ts';
import { chooseOpenid, type PayDeps, PayRefused, pay, reasonAgainstPaying } from './pay.ts';
import type { AuthCode } from './payer-records.ts';
import { paymentSheet, readSheet } from './payment-sheet.ts';
import { type Order, payeeOf } from './records.ts';
import type { SimulatedUser } from './users.ts';
import { userOf } from './wallet.ts';
import { heading, messagePage, sendPage, walletPage } from './wallet-pages.ts';

export const codeOutcomes = {
  paid: '直接扣款',
  password: '需要付款人输入密码',
  'no-money': '余额不足',
  expired: '付款码已过期',
} as const;
export type CodeOutcome = keyof typeof codeOutcomes;

/** A code is good this long. */
const CODE_LIFE_MS = 2 * 60_000;
const PREFIXES = ['10', '11', '12', '13', '14', '15'];

/** A fresh payment code of this payer: 18 digits that begin with 10 to 15. */
export function newCode(deps: PayDeps, user: SimulatedUser, outcome: CodeOutcome): AuthCode {
  const index = Number(randomText(2, '0123456789')) % PREFIXES.length;
  const code = `${PREFIXES[index]}${randomText(16, '0123456789')}`;
  const expireAt = deps.clock.scheduleNow() + CODE_LIFE_MS;
  return deps.records.codes.set(code, { code, user: user.no, outcome, expireAt, usedFor: null });
}

/** The page with the payer's code, and the page that asks for the password. */
export function registerCodes(app: FastifyInstance, deps: PayDeps): void {
  serveFile(app, { path: '/wechat-pay/code.js', file: 'wechat-code.js', type: 'text/javascript' });
  app.get('/wechat-pay/code', (request, reply) => {
    const user = userOf(request);
    if (user === undefined) return askUser(deps, reply);
    const wanted = queryOf(request).get('outcome') ?? 'paid';
    const outcome = Object.hasOwn(codeOutcomes, wanted) ? (wanted as CodeOutcome) : 'paid';
    return sendPage(reply, codePage(deps, user, newCode(deps, user, outcome)));
  });
  app.get('/wechat-pay/code/state', (request) => stateOf(deps, queryOf(request).get('code') ?? ''));
  app.get('/wechat-pay/confirm', (request, reply) => {
    const asked = askedOrder(deps, queryOf(request));
    const user = userOf(request);
    if (user === undefined) return askUser(deps, reply);
    return showConfirm(deps, reply, { order: asked, user });
  });
  app.post('/wechat-pay/confirm', (request, reply) => confirm(deps, request, reply));
}

/** How a code stands, for the page that shows it. */
function stateOf(deps: PayDeps, code: string) {
  const used = deps.records.codes.get(code)?.usedFor;
  const order = used && findOrder(deps, used.mchid, used.outTradeNo);
  if (order == null) return { state: 'unused', text: '请向收银员出示。', link: null };
  const told = `${payeeOf(deps.records, order)} ${yuan(order.totalFen)}`;
  if (order.payment !== null) return { state: 'paid', text: `支付成功：${told}`, link: null };
  if (order.state !== 'USERPAYING') {
    return { state: 'failed', text: `没有付款：${told}`, link: null };
  }
  const query = new URLSearchParams({ mchid: order.mchid, out_trade_no: order.outTradeNo });
  const link = `${deps.publicPath}/wechat-pay/confirm?${query.toString()}`;
  return { state: 'asking', text: `请确认付款：${told}`, link };
}

async function confirm(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = new URLSearchParams(rawBody(request).toString());
  const order = askedOrder(deps, form);
  const user = userOf(request);
  if (user === undefined) return askUser(deps, reply);
  if (order === undefined) return showConfirm(deps, reply, { order, user });
  const choice = readSheet(form, order, user);
  if ('problem' in choice) return showConfirm(deps, reply, { order, user, ...choice });
  try {
    const paid = await pay(deps, { order, openid: chooseOpenid(order, { user }), ...choice });
    const title = paid.payment === null ? '没有付款' : '支付成功';
    return sendPage(reply, messagePage(deps, title, yuan(paid.totalFen)));
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return sendPage(reply.code(409), messagePage(deps, '无法付款', error.message));
  }
}

function askedOrder(deps: PayDeps, query: URLSearchParams): Order | undefined {
  return findOrder(deps, query.get('mchid') ?? '', query.get('out_trade_no') ?? '');
}

function showConfirm(
  deps: PayDeps,
  reply: FastifyReply,
  shown: { order: Order | undefined; user: SimulatedUser; problem?: string },
): FastifyReply {
  const { order, user, problem } = shown;
  const reason = order === undefined ? '没有等待确认的付款' : reasonAgainstPaying(order);
  if (order === undefined || reason !== undefined) {
    return sendPage(reply.code(409), messagePage(deps, '无法付款', reason ?? ''));
  }
  const main = html`${heading('确认付款')}
${paymentSheet({
  action: `${deps.publicPath}/wechat-pay/confirm`,
  hidden: { mchid: order.mchid, out_trade_no: order.outTradeNo },
  order,
  payee: payeeOf(deps.records, order),
  user,
  problem,
})}`;
  const status = problem === undefined ? 200 : 422;
  const text = page(deps.publicPath, { title: '确认付款', kind: 'phone', main });
  return sendPage(reply.code(status), text);
}

function codePage(deps: PayDeps, user: SimulatedUser, code: AuthCode): string {
  const base = deps.publicPath;
  const grouped = code.code.replace(/(.{4})(?=.)/g, '$1 ');
  const main = html`${heading('付款码')}
<p class="lead">${user.name}：向收银员出示，两分钟内有效，只能用一次。</p>
<div class="barcode">${barcode(code.code)}</div>
<p class="code" id="code" data-code="${code.code}">${grouped}</p>
<p id="code-state" role="status">请向收银员出示。</p>
<p><a id="code-confirm" class="button primary" hidden href="#">确认付款</a></p>
<form method="get" action="${base}/wechat-pay/code">
<label for="outcome">这张码扫了以后</label>
<select id="outcome" name="outcome">${Object.entries(codeOutcomes).map(
    ([outcome, text]) => html`<option value="${outcome}"
 ${outcome === code.outcome && html`selected`}>${text}</option>`,
  )}</select>
<button class="primary">换一张付款码</button>
</form>
<p><a href="${base}/wechat-pay/wallet">回到模拟微信</a></p>
<script src="${base}/wechat-pay/code.js" data-base="${base}"></script>`;
  return page(base, { title: '付款码', kind: 'phone', main });
}

function askUser(deps: PayDeps, reply: FastifyReply): FastifyReply {
  const problem = '请先选择一位用户。';
  const shown = { link: '', user: undefined, isOpen: false, problem };
  return sendPage(reply, walletPage(deps, shown));
}
