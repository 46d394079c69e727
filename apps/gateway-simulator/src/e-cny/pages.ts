import { type Html, html, page } from '../html.ts';
import { payOutcomes } from '../union-pay/outcomes.ts';
import { yuan } from '../union-pay/pages.ts';
import type { CodeOutcome, Order } from './records.ts';

export type PageDeps = { publicPath: string };

/** The people of the simulator, each with a wallet at a bank. */
export const users = [
  { no: 1, name: '王小明', wallet: '模拟工商银行钱包' },
  { no: 2, name: '李芳', wallet: '模拟招商银行钱包' },
  { no: 3, name: '陈伯伯', wallet: '模拟邮储银行钱包' },
] as const;

const codeKinds: Record<CodeOutcome, string> = {
  paid: '免密支付（直接成功）',
  password: '需要我确认',
  'no-money': '余额不足',
  expired: '已过期',
};

/** The start page of the simulated wallet: who I am, and what I scanned. */
export function walletPage(
  deps: PageDeps,
  shown: { link: string; user: number; problem?: string | undefined },
): string {
  const main = html`<p class="lead">选择用户，打开扫到的链接。全部为演示数据，不会产生真实扣款。</p>
${problemOf(shown.problem)}
<form method="post" action="${deps.publicPath}/e-cny/wallet">
${people('我是', shown.user)}
<label for="link">扫到的链接</label>
<textarea id="link" name="link" rows="4" spellcheck="false"
 aria-describedby="link-hint">${shown.link}</textarea>
<p id="link-hint" class="hint">房屋码或收款码的网址，可以粘贴。</p>
<button class="primary">打开扫到的链接</button>
<button name="action" value="code" formnovalidate>出示付款码</button>
</form>
<p class="hint"><a href="${deps.publicPath}/inspector">网关检查台</a>：看每一次请求和通知，制造故障。</p>`;
  return framed(deps, '模拟数字人民币', main);
}

/** The payment sheet of the wallet. */
export function sheetPage(
  deps: PageDeps,
  shown: { order: Order; payee: string; user: number; problem?: string | undefined },
): string {
  const { order, payee } = shown;
  const more = Object.entries(payOutcomes).slice(3);
  const main = html`${problemOf(shown.problem)}
<p class="payee">${payee}</p>
<p class="amount">${yuan(order.totalFen)}</p>
<dl><dt>商品</dt><dd>${order.subject}</dd><dt>订单号</dt><dd>${order.outTradeNo}</dd></dl>
<form method="post" action="${deps.publicPath}/e-cny/cashier">
<input type="hidden" name="token" value="${order.token}">
${people('付款钱包', order.user ?? shown.user)}
<label for="secret">支付密码</label>
<input id="secret" name="secret" type="password" inputmode="numeric" autocomplete="off"
 pattern="[0-9]{6}" maxlength="6" required aria-describedby="secret-hint">
<p id="secret-hint" class="hint">模拟：任意 6 位数字。</p>
${button('paid', '确认支付', 'primary')}
${button('cancel', '取消', 'plain')}
${button('fail', '模拟余额不足', 'plain')}
<details><summary>更多结果</summary>
${more.map(([outcome, text]) => button(outcome, text, 'plain'))}
</details>
</form>`;
  return framed(deps, '数字人民币收银台', main);
}

/** The payment code for the scanner of the desk, and what waits for the payer's consent. */
export function codePage(
  deps: PageDeps,
  shown: { user: number; walletCode: string; outcome: string; waiting: readonly Order[] },
): string {
  const name = users.find(({ no }) => no === shown.user)?.name;
  const kinds = Object.entries(codeKinds);
  const groups = shown.walletCode.match(/\d{1,4}/g) ?? [];
  const main = html`<p class="lead">${name}的付款码，1 分钟内有效，只能用一次。</p>
<p class="code"><output id="code" aria-label="付款码">${groups.join(' ')}</output></p>
<ul class="choices">${shown.waiting.map(
    (one) => html`<li><a href="${deps.publicPath}/e-cny/cashier?token=${one.token}">等我确认
<span>${yuan(one.totalFen)}</span></a></li>`,
  )}</ul>
<form method="post" action="${deps.publicPath}/e-cny/code">
<fieldset><legend>下一个付款码</legend>
${kinds.map(([kind, text]) => choice('outcome', kind, text, '', kind === shown.outcome))}
</fieldset>
<button class="primary">换一个付款码</button>
</form>
<p><a href="${deps.publicPath}/e-cny/wallet">回到模拟数字人民币</a></p>`;
  return framed(deps, '付款码', main);
}

/** Says how it ended; with an address of the merchant's, it leads back there. */
export function messagePage(
  deps: PageDeps,
  shown: { title: string; text: string; returnUrl?: string | null },
): string {
  const back = shown.returnUrl
    ? html`<p><a id="return" class="primary" href="${shown.returnUrl}">返回商户</a></p>
<script src="${deps.publicPath}/union-pay/return.js"></script>`
    : html`<p><a href="${deps.publicPath}/e-cny/wallet">回到模拟数字人民币</a></p>`;
  return framed(deps, shown.title, html`<p class="lead" role="status">${shown.text}</p>${back}`);
}

/** On top of the simulator's own sheet: the colour of this wallet, with a contrast of 8 to 1. */
const style = html`<style>
.e-cny main { border-top: 6px solid #a30d1f; }
.e-cny h1 { color: #a30d1f; }
.e-cny button.primary { border-color: #a30d1f; background: #a30d1f; }
.e-cny .code { margin: 8px 0 20px; text-align: center; font-size: 24px; font-weight: 600;
  font-variant-numeric: tabular-nums; }
</style>`;

function framed(deps: PageDeps, title: string, main: Html): string {
  const content = html`${style}<h1>${title} <span class="mark">模拟</span></h1>${main}`;
  return page(deps.publicPath, { title, kind: 'phone e-cny', main: content });
}

function problemOf(problem: string | undefined): Html | undefined {
  return problem === undefined ? undefined : html`<p class="problem" role="alert">${problem}</p>`;
}

function people(legend: string, chosen: number): Html {
  return html`<fieldset><legend>${legend}</legend>
${users.map(({ no, name, wallet }) => choice('user', `${no}`, name, wallet, no === chosen))}
</fieldset>`;
}

function choice(name: string, value: string, text: string, note: string, isChosen: boolean): Html {
  return html`<label class="choice"><input type="radio" name="${name}" value="${value}" required
${isChosen && html`checked`}> ${text} <span>${note}</span></label>`;
}

/** Only real payment asks for the secret; the other results are for tests. */
function button(outcome: string, text: string, kind: string): Html {
  return html`<button name="outcome" value="${outcome}" class="${kind}"
${outcome !== 'paid' && html`formnovalidate`}>${text}</button>`;
}
