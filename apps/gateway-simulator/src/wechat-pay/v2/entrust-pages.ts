import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html, page } from '../../html.ts';
import { cookiesOf, logInbound, queryOf, rawBody } from '../../inbound.ts';
import type { PayDeps } from '../pay.ts';
import type { Contract } from '../payer-records.ts';
import { payeeOf } from '../records.ts';
import { findUser, type SimulatedUser, users } from '../users.ts';
import { userOf } from '../wallet.ts';
import { heading, messagePage, sendPage } from '../wallet-pages.ts';
import { endContract, openEntrustLink, signContract } from './contracts.ts';
import { writeXml } from './xml.ts';

/** Where a payer signs an automatic debit (委托代扣), sees what is signed, and ends it. */
export function registerEntrustPages(app: FastifyInstance, deps: PayDeps): void {
  for (const part of ['', '/partner']) {
    app.get(`/papay${part}/entrustweb`, (request, reply) => openInWechat(deps, request, reply));
    app.get(`/papay${part}/h5entrustweb`, (request, reply) => openH5(deps, request, reply));
  }
  app.get('/wechat-pay/entrust', (request, reply) => {
    const contract = deps.records.contracts.get(queryOf(request).get('contract_id') ?? '');
    return showContract(deps, request, reply, contract);
  });
  app.post('/wechat-pay/entrust', (request, reply) => decide(deps, request, reply));
  app.get('/wechat-pay/contracts', (request, reply) =>
    sendPage(reply, contractsPage(deps, userOf(request))),
  );
  app.post('/wechat-pay/contracts', (request, reply) => {
    const form = new URLSearchParams(rawBody(request).toString());
    const contract = deps.records.contracts.get(form.get('contract_id') ?? '');
    const user = userOf(request);
    if (contract?.state === 'signed' && contract.user === user?.no) {
      endContract(deps, contract, { mode: 2, remark: '用户主动解约' });
    }
    return sendPage(reply, contractsPage(deps, user));
  });
}

function openInWechat(deps: PayDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const opened = openEntrustLink(deps, queryOf(request), 'wechat');
  log(deps, request, opened);
  if ('refused' in opened) return refuse(deps, reply, opened.refused);
  const agent = request.headers['user-agent'] ?? '';
  const isWechat =
    cookiesOf(request).get('sim_wallet') === 'wechat' || agent.includes('MicroMessenger/');
  if (!isWechat) return refuse(deps, reply, '请在微信客户端打开链接');
  return showContract(deps, request, reply, opened.contract);
}

/** A browser sees the page; a server that asks hears where to send the browser. */
function openH5(deps: PayDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = queryOf(request);
  const opened = query.get('clientip')
    ? openEntrustLink(deps, query, 'h5')
    : { refused: '缺少参数clientip' };
  log(deps, request, opened);
  const isBrowser = request.headers.accept?.includes('text/html') ?? false;
  if (isBrowser) {
    if ('refused' in opened) return refuse(deps, reply, opened.refused);
    return showContract(deps, request, reply, opened.contract);
  }
  const type = { 'content-type': 'text/xml; charset=utf-8' };
  if ('refused' in opened) {
    const body = writeXml({ return_code: 'FAIL', return_msg: opened.refused });
    return reply.headers(type).send(body);
  }
  const base = deps.publicUrl || `${request.protocol}://${request.host}`;
  const redirect_url = `${base}/wechat-pay/entrust?contract_id=${opened.contract.contractId}`;
  const answer = { return_code: 'SUCCESS', return_msg: 'OK', result_code: 'SUCCESS', redirect_url };
  return reply.headers(type).send(writeXml(answer));
}

function showContract(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  contract: Contract | undefined,
): FastifyReply {
  if (contract === undefined) return refuse(deps, reply, '没有这份签约申请');
  if (contract.state !== 'signing') return refuse(deps, reply, '该协议已签约，无需重复签约');
  return sendPage(reply, signingPage(deps, contract, userOf(request)));
}

async function decide(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = new URLSearchParams(rawBody(request).toString());
  const contract = deps.records.contracts.get(form.get('contract_id') ?? '');
  const user = findUser(form.get('user')) ?? userOf(request);
  if (contract === undefined || user === undefined)
    return refuse(deps, reply, '请重新打开签约链接');
  if (form.get('outcome') !== 'signed') {
    return sendPage(reply, messagePage(deps, '没有签约', '您取消了签约，不会自动扣费。'));
  }
  const password = form.get('password') ?? '';
  if (password === '000000' || (password !== '' && !/^\d{6}$/.test(password))) {
    const problem = '支付密码错误，请重试。';
    return sendPage(reply.code(422), signingPage(deps, contract, user, problem));
  }
  await signContract(deps, contract, user);
  const text = `${payeeOf(deps.records, contract)} 可以为 ${contract.displayAccount} 自动扣费。`;
  return sendPage(reply, messagePage(deps, '签约成功', text));
}

function signingPage(
  deps: PayDeps,
  contract: Contract,
  user: SimulatedUser | undefined,
  problem?: string,
): string {
  const title = '开通自动扣费';
  const main = html`${heading(title)}
${problem && html`<p class="problem" role="alert">${problem}</p>`}
<p class="lead">同意后，商家可以按协议自动扣费，扣费前一天通知您。您随时可以在微信里解约。</p>
<dl><dt>商家</dt><dd>${payeeOf(deps.records, contract)}</dd>
<dt>签约账号</dt><dd>${contract.displayAccount}</dd>
<dt>协议模板</dt><dd>${contract.planId}</dd>
${user && html`<dt>签约人</dt><dd>${user.name}</dd>`}</dl>
<form method="post" action="${deps.publicPath}/wechat-pay/entrust" class="actions">
<input type="hidden" name="contract_id" value="${contract.contractId}">
${
  user === undefined &&
  html`<fieldset><legend>我是</legend>${users.map(
    (one) => html`<label class="choice"><input type="radio" name="user" value="${one.no}"
 required ${one.no === 1 && html`checked`}> ${one.name}</label>`,
  )}</fieldset>`
}
<label for="password">支付密码（六位数字；留空为指纹）</label>
<input id="password" name="password" type="password" inputmode="numeric" maxlength="6"
 autocomplete="off">
<button name="outcome" value="signed" class="primary">同意协议并开通</button>
<button name="outcome" value="cancel" class="plain">取消</button>
</form>`;
  return page(deps.publicPath, { title, kind: 'phone', main });
}

function contractsPage(deps: PayDeps, user: SimulatedUser | undefined): string {
  const title = '自动扣费';
  const mine = deps.records.contracts
    .values()
    .filter((one) => one.user !== null && one.user === user?.no);
  const main = html`${heading(title)}
${mine.length === 0 && html`<p class="lead">没有开通自动扣费。</p>`}
<ul class="choices">${mine.map(
    (one) => html`<li><p><strong>${payeeOf(deps.records, one)}</strong>：${one.displayAccount}
${one.state === 'signed' ? '（已开通）' : '（已解约）'}</p>
${
  one.state === 'signed' &&
  html`<form method="post" action="${deps.publicPath}/wechat-pay/contracts">
<input type="hidden" name="contract_id" value="${one.contractId}">
<button aria-label="解约 ${one.displayAccount}">解约</button></form>`
}</li>`,
  )}</ul>
<p><a href="${deps.publicPath}/wechat-pay/wallet">回到模拟微信</a></p>`;
  return page(deps.publicPath, { title, kind: 'phone', main });
}

function refuse(deps: PayDeps, reply: FastifyReply, reason: string): FastifyReply {
  return sendPage(reply.code(400), messagePage(deps, '无法签约', reason));
}

function log(
  deps: PayDeps,
  request: FastifyRequest,
  opened: { contract: Contract } | { refused: string },
): void {
  const isRefused = 'refused' in opened;
  logInbound(deps, request, {
    status: isRefused ? 400 : 200,
    body: isRefused ? opened.refused : '',
    headers: {},
    outTradeNo: isRefused ? null : opened.contract.contractCode,
    signature: isRefused ? 'bad' : 'ok',
    startedAt: Date.now(),
  });
}
