import type { CoreDeps } from '../deps.ts';
import { type Html, html, page } from '../html.ts';
import { codeOutcomes } from './codes.ts';
import type { Agreement, Application, PaymentCode } from './records.ts';
import { type SimulatedUser, users } from './users.ts';

export type PageDeps = Pick<CoreDeps, 'publicPath'>;

/** The start page of the simulated wallet: who I am, what I scanned, my code, my agreements. */
export function walletPage(
  deps: PageDeps,
  shown: {
    link: string;
    user: SimulatedUser | undefined;
    isOpen: boolean;
    agreements: readonly { agreement: Agreement; app: Application | undefined }[];
    problem?: string;
  },
): string {
  const base = deps.publicPath;
  const hint = shown.isOpen ? '这个浏览器现在是模拟支付宝。' : '选择一位用户，打开扫到的链接。';
  const main = html`${heading('模拟支付宝')}
<p class="lead">${hint}全部为演示数据，不会产生真实扣款。</p>
${shown.problem && html`<p class="problem" role="alert">${shown.problem}</p>`}
<form method="post" action="${base}/alipay/wallet">
${userChoice(shown.user)}
<label for="link">扫到的链接</label>
<textarea id="link" name="link" rows="4" required spellcheck="false"
 aria-describedby="link-hint">${shown.link}</textarea>
<p id="link-hint" class="hint">房屋码网址、付款二维码（https://qr.alipay.com/…）、签约链接
（alipays://…）或应用的订单串。可以粘贴。</p>
<button class="primary">打开扫到的链接</button>
</form>
<form method="get" action="${base}/alipay/code"><button class="plain">出示付款码</button></form>
${shown.agreements.length > 0 && agreementList(base, shown.agreements)}
<form method="post" action="${base}/alipay/leave"><button class="plain">退出模拟支付宝</button></form>
<p class="hint"><a href="${base}/inspector">网关检查台</a>：看每一次请求和通知，制造故障。</p>`;
  return alipayPage(deps, '模拟支付宝', main);
}

function agreementList(
  base: string,
  agreements: readonly { agreement: Agreement; app: Application | undefined }[],
): Html {
  return html`<h2>自动扣款</h2>
<ul class="choices">${agreements.map(
    ({ agreement, app }) => html`<li>
<form method="post" action="${base}/alipay/agreement/end">
<input type="hidden" name="agreement" value="${agreement.agreementNo}">
<p class="hint">${app?.name ?? ''} · ${agreement.externalAgreementNo ?? agreement.agreementNo}</p>
<button class="plain">关闭 ${app?.name ?? ''} 的自动扣款</button>
</form></li>`,
  )}</ul>`;
}

/** Shown by the authorisation page when nobody has signed in to the simulated wallet. */
export function choiceOfUserPage(deps: PageDeps, fields: URLSearchParams): string {
  const main = html`${heading('选择模拟支付宝用户')}
<p class="lead">对方网页想知道您是谁。请选择一位模拟用户，之后不再询问。</p>
<form method="post" action="${deps.publicPath}/oauth2/publicAppAuthorize.htm">
${hiddenFields(fields, ['sim_user'])}
${users.map(
  (user) => html`<button name="sim_user" value="${user.no}" class="plain">${user.name}
（${user.logonId}）</button>`,
)}
</form>`;
  return alipayPage(deps, '选择模拟支付宝用户', main);
}

/** `auth_user` asks the payer first. */
export function consentPage(
  deps: PageDeps,
  shown: { app: Application; user: SimulatedUser; fields: URLSearchParams },
): string {
  const { app, user, fields } = shown;
  const main = html`${heading('授权')}
<p class="lead">“${app.name}”申请获取您的用户信息。当前用户：${user.name}（${user.logonId}）。</p>
<form method="post" action="${deps.publicPath}/oauth2/publicAppAuthorize.htm">
${hiddenFields(fields, ['sim_user', 'consent'])}
<input type="hidden" name="sim_user" value="${user.no}">
<button name="consent" value="yes" class="primary">同意授权</button>
<button name="consent" value="no" class="plain">不同意</button>
</form>`;
  return alipayPage(deps, '授权', main);
}

/** The payment code, as digits for the desk. */
export function codePage(
  deps: PageDeps,
  shown: { user: SimulatedUser | undefined; code: PaymentCode | undefined },
): string {
  const { user, code } = shown;
  const digits = code?.authCode.replace(/(\d{4})(?=\d)/g, '$1 ');
  const outcomes = Object.entries(codeOutcomes);
  const main = html`${heading('付款码')}
${
  code &&
  html`<p class="lead">请收银员扫描或输入这串数字，只能用一次，十分钟内有效。</p>
<p class="amount" id="auth-code" data-code="${code.authCode}">${digits}</p>
<p class="lead">${user?.name} · ${codeOutcomes[code.outcome]}</p>`
}
<form method="post" action="${deps.publicPath}/alipay/code">
${userChoice(user)}
<label>收银台扫码之后<select name="outcome">${outcomes.map(
    ([outcome, text]) => html`<option value="${outcome}">${text}</option>`,
  )}</select></label>
<button class="primary">${code ? '换一个付款码' : '出示付款码'}</button>
</form>
${
  code?.outcome === 'password' &&
  html`<form method="get" action="${deps.publicPath}/alipay/confirm">
<p class="hint">收银员扫码之后，在这里确认付款。</p>
<button class="plain">收到付款请求，去确认</button></form>`
}
<p><a href="${deps.publicPath}/alipay/wallet">回到模拟支付宝</a></p>`;
  return alipayPage(deps, '付款码', main);
}

export function messagePage(deps: PageDeps, title: string, text: string, back?: Html): string {
  const main = html`${heading(title)}
<p class="lead">${text}</p>
${back}
<p><a href="${deps.publicPath}/alipay/wallet">回到模拟支付宝</a></p>`;
  return alipayPage(deps, title, main);
}

export function alipayPage(deps: PageDeps, title: string, main: Html): string {
  return page(deps.publicPath, { title, kind: 'phone alipay', main });
}

export function heading(title: string): Html {
  return html`<h1>${title} <span class="mark">模拟</span></h1>`;
}

export function userChoice(chosen: SimulatedUser | undefined): Html {
  return html`<fieldset>
<legend>我是</legend>
${users.map(
  (user) => html`<label class="choice"><input type="radio" name="user" value="${user.no}" required
${user.no === (chosen?.no ?? 1) && html`checked`}> ${user.name}
<span>${user.logonId}</span></label>`,
)}
</fieldset>`;
}

function hiddenFields(fields: URLSearchParams, leftOut: readonly string[]): Html[] {
  return [...fields]
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}
