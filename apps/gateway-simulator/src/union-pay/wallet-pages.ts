import { html } from '../html.ts';
import type { Confirmation } from './confirmations.ts';
import { choice, heading, type PageDeps, walletPageOf, yuan } from './pages.ts';
import { type SimulatedUser, users } from './users.ts';

/** The apps that scan for UnionPay, by what they say of themselves in the User-Agent. */
export const walletApps = { CloudPay: '云闪付', SimBank: '模拟银行手机银行' } as const;
export type WalletApp = keyof typeof walletApps;

/** The start page of the simulated wallet: which app, who I am, and what I scanned. */
export function walletPage(
  deps: PageDeps,
  shown: {
    link: string;
    user: SimulatedUser | undefined;
    app: WalletApp;
    isOpen: boolean;
    problem?: string | undefined;
  },
): string {
  const base = deps.publicPath;
  const title = '模拟云闪付';
  const hint = shown.isOpen
    ? `这个浏览器现在是${walletApps[shown.app]}（模拟）。`
    : '选择应用和用户，打开扫到的链接。';
  const main = html`${heading(title)}
<p class="lead">${hint}全部为演示数据，不会产生真实扣款。</p>
${shown.problem && html`<p class="problem" role="alert">${shown.problem}</p>`}
<form method="post" action="${base}/union-pay/wallet">
<fieldset>
<legend>打开的应用</legend>
${Object.entries(walletApps).map(([app, name]) =>
  choice('app', app, name, `UnionPay/1.0 ${app}`, app === shown.app),
)}
</fieldset>
<fieldset>
<legend>我是</legend>
${users.map((user) =>
  choice('user', `${user.no}`, user.name, user.bank, user.no === (shown.user?.no ?? 1)),
)}
</fieldset>
<label for="link">扫到的链接</label>
<textarea id="link" name="link" rows="4" spellcheck="false"
 aria-describedby="link-hint">${shown.link}</textarea>
<p id="link-hint" class="hint">房屋码或付款二维码的网址，或应用支付的 tn。可以粘贴。</p>
<button class="primary">打开扫到的链接</button>
<button name="action" value="code" formnovalidate>出示付款码</button>
</form>
<form method="post" action="${base}/union-pay/leave">
<button class="plain">退出模拟云闪付</button>
</form>
<p class="hint"><a href="${base}/inspector">网关检查台</a>：看每一次请求和通知，制造故障。</p>`;
  return walletPageOf(deps, title, main);
}

const CODE_KINDS = {
  paid: '免密支付（直接成功）',
  password: '需要我确认',
  'no-money': '余额不足',
  expired: '已过期',
};

/** The payment code for the scanner of the desk, and what waits for the payer's consent. */
export function codePage(
  deps: PageDeps,
  shown: { user: SimulatedUser; authCode: string; outcome: string; waiting: Confirmation[] },
): string {
  const base = deps.publicPath;
  const groups = shown.authCode.match(/\d{1,4}/g) ?? [];
  const main = html`${heading('付款码')}
<p class="lead">${shown.user.name} · ${shown.user.bank}。5 分钟内有效，只能用一次。</p>
<p class="code"><output id="code" aria-label="付款码">${groups.join(' ')}</output></p>
${
  shown.waiting.length > 0 &&
  html`<section aria-labelledby="waiting"><h2 id="waiting">等我确认</h2>
<ul class="choices">${shown.waiting.map(
    (one) => html`<li><a href="${base}${one.href}">${one.payee}
<span>${yuan(one.totalFen)}</span></a></li>`,
  )}</ul></section>`
}
<form method="post" action="${base}/union-pay/code">
<fieldset>
<legend>下一个付款码</legend>
${Object.entries(CODE_KINDS).map(([kind, name]) =>
  choice('outcome', kind, name, '', kind === shown.outcome),
)}
</fieldset>
<button class="primary">换一个付款码</button>
</form>
<form method="get" action="${base}/union-pay/code">
<button class="plain">看看有没有待确认的付款</button>
</form>
<p><a href="${base}/union-pay/wallet">回到模拟云闪付</a></p>`;
  return walletPageOf(deps, '付款码', main);
}

/** Shown by the authorisation page when nobody has signed in to the simulated wallet. */
export function choiceOfUserPage(deps: PageDeps, authorizeUrl: string): string {
  const title = '选择模拟云闪付用户';
  const href = (user: string) => `${deps.publicPath}${authorizeUrl}&sim_user=${user}`;
  const main = html`${heading(title)}
<p class="lead">对方网页想知道您是谁。请选择一位模拟用户，之后不再询问。</p>
<ul class="choices">${users.map(
    (user) => html`
<li><a href="${href(`${user.no}`)}">${user.name} <span>${user.bank}</span></a></li>`,
  )}
<li><a href="${href('none')}">不授权 <span>返回商户</span></a></li></ul>`;
  return walletPageOf(deps, title, main);
}
