import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, queryOf, rawBody } from '../inbound.ts';
import { isPayOutcome, PayRefused } from '../union-pay/outcomes.ts';
import { yuan } from '../union-pay/pages.ts';
import { makeCode } from './codes.ts';
import { findOrder } from './orders.ts';
import { codePage, messagePage, sheetPage, users, walletPage } from './pages.ts';
import { pay } from './pay.ts';
import type { Order, PayDeps } from './records.ts';
import { codeOutcomes } from './records.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** The browser stays this wallet for 30 days. */
const cookie = (name: string, value: string | number) =>
  `${name}=${value}; Path=/; Max-Age=2592000; SameSite=Lax`;

/** The simulated wallet: it scans, opens links, pays, and shows a payment code. */
export function registerWallet(app: FastifyInstance, deps: PayDeps): void {
  app.get('/e-cny/wallet', (request, reply) =>
    send(
      reply,
      walletPage(deps, { link: queryOf(request).get('scan') ?? '', user: userOf(request) }),
    ),
  );
  app.post('/e-cny/wallet', (request, reply) => open(deps, request, reply));
  app.get('/e-cny/cashier', (request, reply) =>
    showSheet(deps, request, reply, orderOfToken(deps, queryOf(request).get('token'))),
  );
  app.post('/e-cny/cashier', (request, reply) => act(deps, request, reply));
  app.get('/e-cny/code', (request, reply) => showCode(deps, reply, userOf(request), 'paid'));
  app.post('/e-cny/code', (request, reply) =>
    showCode(deps, reply, userOf(request), formOf(request).get('outcome') ?? ''),
  );
}

/** Becomes the wallet, and opens what was scanned or shows a code. */
function open(deps: PayDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const form = formOf(request);
  const user = userNo(form.get('user'));
  const link = (form.get('link') ?? '').trim();
  void reply.header('set-cookie', [cookie('sim_user', user), cookie('sim_wallet', 'e-cny')]);
  if (form.get('action') === 'code') return showCode(deps, reply, user, 'paid');
  const problem = problemOf(deps, request, link);
  if (problem === undefined) return reply.redirect(link, 303);
  return send(reply.code(400), walletPage(deps, { link, user, problem }));
}

async function act(deps: PayDeps, request: FastifyRequest, reply: FastifyReply) {
  const form = formOf(request);
  const outcome = form.get('outcome');
  const order = orderOfToken(deps, form.get('token'));
  if (order === undefined || !isPayOutcome(outcome)) {
    return showSheet(deps, request, reply, order, '请选择付款方式。');
  }
  if (outcome === 'paid' && !/^\d{6}$/.test(form.get('secret') ?? '')) {
    return showSheet(deps, request, reply, order, '请输入 6 位数字。');
  }
  try {
    const after = await pay(deps, { order, user: userNo(form.get('user')), outcome });
    if (outcome === 'fail' && after.state === 'open') {
      return showSheet(deps, request, reply, after, '余额不足，请换一个钱包。');
    }
    const title = after.payment === null ? '没有付款' : '支付成功';
    const text = `${yuan(after.payment?.totalFen ?? after.totalFen)}，${title}。`;
    return send(reply, messagePage(deps, { title, text, returnUrl: after.returnUrl }));
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return send(reply, messagePage(deps, { title: '无法付款', text: `${error.message}。` }));
  }
}

function showSheet(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  order: Order | undefined,
  problem?: string,
): FastifyReply {
  const isOver = order?.payment != null || order?.state === 'closed';
  if (order === undefined || isOver) {
    const text = order === undefined ? '没有这笔订单。' : '该订单已支付或已关闭。';
    const status = order === undefined ? 404 : 200;
    return send(reply.code(status), messagePage(deps, { title: '无法付款', text }));
  }
  const payee = deps.records.merchants.get(order.mchid)?.name ?? order.mchid;
  return send(reply, sheetPage(deps, { order, payee, user: userOf(request), problem }));
}

function showCode(deps: PayDeps, reply: FastifyReply, user: number, wanted: string): FastifyReply {
  const outcome = codeOutcomes.find((one) => one === wanted) ?? 'paid';
  const { walletCode } = makeCode(deps, user, outcome);
  const waiting = deps.records.orders
    .values()
    .filter((one) => one.state === 'paying' && one.user === user);
  return send(reply, codePage(deps, { user, walletCode, outcome, waiting }));
}

function orderOfToken(deps: PayDeps, token: string | null): Order | undefined {
  const order = token ? deps.records.orders.find((one) => one.token === token) : undefined;
  return order && findOrder(deps, order.mchid, order.outTradeNo);
}

function formOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(rawBody(request).toString('utf8'));
}

function userOf(request: FastifyRequest): number {
  return userNo(cookiesOf(request).get('sim_user'));
}

function userNo(text: string | null | undefined): number {
  return users.find(({ no }) => String(no) === text)?.no ?? users[0].no;
}

/** Only our own origin and this machine are opened: no open redirect. */
function problemOf(deps: PayDeps, request: FastifyRequest, link: string): string | undefined {
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) {
    return '链接不完整：请粘贴以 http:// 或 https:// 开头的网址。';
  }
  const { host, hostname, origin } = new URL(link);
  const ours = deps.publicUrl === '' ? '' : new URL(deps.publicUrl).origin;
  const isOwn = origin === ours || host === request.headers.host;
  return isOwn || LOOPBACK.has(hostname) ? undefined : `不打开 ${host}：只打开本机的链接。`;
}

function send(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('content-type', 'text/html; charset=utf-8').send(text);
}
