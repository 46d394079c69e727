import type { FastifyReply } from 'fastify';
import { type Html, html, page } from '../html.ts';
import type { Deps } from './deps.ts';
import { paymentSheet } from './payment-sheet.ts';
import type { Order } from './records.ts';
import { type SimulatedUser, users } from './users.ts';

type PageDeps = Pick<Deps, 'publicPath'>;

/** The start page of the simulated wallet: who I am, and what I scanned. */
export function walletPage(
  deps: PageDeps,
  shown: { link: string; user: SimulatedUser | undefined; isOpen: boolean; problem?: string },
): string {
  const base = deps.publicPath;
  const title = '模拟微信';
  const hint = shown.isOpen ? '这个浏览器现在是模拟微信。' : '选择一位用户，打开扫到的链接。';
  const main = html`${heading(title)}
<p class="lead">${hint}全部为演示数据，不会产生真实扣款。</p>
${shown.problem && html`<p class="problem" role="alert">${shown.problem}</p>`}
<form method="post" action="${base}/wechat-pay/wallet">
<fieldset>
<legend>我是</legend>
${users.map((user) => userChoice(user, user.no === (shown.user?.no ?? 1)))}
</fieldset>
<label for="link">扫到的链接</label>
<textarea id="link" name="link" rows="4" required spellcheck="false"
 aria-describedby="link-hint">${shown.link}</textarea>
<p id="link-hint" class="hint">房屋码网址（http）或支付二维码（weixin://）。可以粘贴。</p>
<button class="primary">打开扫到的链接</button>
</form>
<form method="post" action="${base}/wechat-pay/leave">
<button class="plain">退出模拟微信</button>
</form>
<p class="row"><a href="${base}/wechat-pay/code">付款码</a>
<a href="${base}/wechat-pay/contracts">自动扣费</a></p>
<p class="hint"><a href="${base}/inspector">网关检查台</a>：看每一次请求和通知，制造故障。</p>`;
  return page(base, { title, kind: 'phone', main });
}

/** Shown by the authorisation page when nobody has signed in to the simulated wallet. */
export function choiceOfUserPage(deps: PageDeps, authorizeUrl: string): string {
  const title = '选择模拟微信用户';
  const main = html`${heading(title)}
<p class="lead">对方网页想知道您是谁。请选择一位模拟用户，之后不再询问。</p>
<ul class="choices">${users.map(
    (user) => html`
<li><a href="${deps.publicPath}${authorizeUrl}&amp;sim_user=${user.no}">${user.name}
<span>${user.note}</span></a></li>`,
  )}</ul>`;
  return page(deps.publicPath, { title, kind: 'phone', main });
}

/** The payment sheet of a scanned Native code. */
export function nativePage(
  deps: PageDeps,
  shown: { codeUrl: string; order: Order; payee: string; user: SimulatedUser; problem?: string },
): string {
  const main = html`${heading('确认付款')}
${paymentSheet({
  action: `${deps.publicPath}/wechat-pay/native`,
  hidden: { code_url: shown.codeUrl },
  ...shown,
})}`;
  return page(deps.publicPath, { title: '确认付款', kind: 'phone', main });
}

export function messagePage(deps: PageDeps, title: string, text: string): string {
  const main = html`${heading(title)}
<p class="lead">${text}</p>
<p><a href="${deps.publicPath}/wechat-pay/wallet">回到模拟微信</a></p>`;
  return page(deps.publicPath, { title, kind: 'phone', main });
}

export function heading(title: string): Html {
  return html`<h1>${title} <span class="mark">模拟</span></h1>`;
}

function userChoice(user: SimulatedUser, isChosen: boolean): Html {
  return html`<label class="choice"><input type="radio" name="user" value="${user.no}" required
${isChosen && html`checked`}> ${user.name} <span>${user.note}</span></label>`;
}

export function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('content-type', 'text/html; charset=utf-8').send(text);
}
