import { type Html, html, page } from '../html.ts';
import { payOutcomes } from './outcomes.ts';
import type { Fields } from './signature.ts';
import { type SimulatedUser, users } from './users.ts';

export type PageDeps = { publicPath: string };

/** What a cashier page shows of an order, whichever protocol it came by. */
export type Bill = {
  payee: string;
  totalFen: number;
  description: string;
  outTradeNo: string;
};

type Cashier = {
  bill: Bill;
  /** Where the form goes. */
  action: string;
  token: string;
  user: SimulatedUser | undefined;
  problem?: string | undefined;
};

/** The page where somebody without a wallet pays by bank card, in any browser. */
export function cardPage(deps: PageDeps, cashier: Cashier): string {
  const main = html`${billHead('银联在线支付', cashier)}
<form method="post" action="${deps.publicPath}${cashier.action}">
<input type="hidden" name="token" value="${cashier.token}">
${cards('付款银行卡', users, cashier.user)}
<label for="secret">短信验证码</label>
<input id="secret" name="secret" type="text" inputmode="numeric" autocomplete="one-time-code"
 pattern="[0-9]{6}" maxlength="6" required aria-describedby="secret-hint">
<p id="secret-hint" class="hint">模拟：任意 6 位数字。</p>
${actions('确认付款', '取消，返回商户')}
</form>`;
  return walletPageOf(deps, '银联在线支付', main);
}

/** The payment sheet of the wallet: whoever is signed in to it pays with their own card. */
export function sheetPage(deps: PageDeps, cashier: Cashier): string {
  const main = html`${billHead('云闪付收银台', cashier)}
<form method="post" action="${deps.publicPath}${cashier.action}">
<input type="hidden" name="token" value="${cashier.token}">
${cards('付款方式', cashier.user === undefined ? users : [cashier.user], cashier.user)}
<label for="secret">支付密码</label>
<input id="secret" name="secret" type="password" inputmode="numeric" autocomplete="off"
 pattern="[0-9]{6}" maxlength="6" required aria-describedby="secret-hint">
<p id="secret-hint" class="hint">模拟：任意 6 位数字。</p>
${actions('立即付款', '取消')}
</form>`;
  return walletPageOf(deps, '云闪付收银台', main);
}

function billHead(title: string, { bill, problem }: Cashier): Html {
  return html`${heading(title)}
${problem && html`<p class="problem" role="alert">${problem}</p>`}
<p class="payee">${bill.payee}</p>
<p class="amount">${yuan(bill.totalFen)}</p>
<dl><dt>商品</dt><dd>${bill.description}</dd><dt>订单号</dt><dd>${bill.outTradeNo}</dd></dl>`;
}

function cards(
  legend: string,
  owners: readonly SimulatedUser[],
  chosen: SimulatedUser | undefined,
): Html {
  return html`<fieldset>
<legend>${legend}</legend>
${owners.map((user) => {
  const note = `${user.name} · 尾号 ${user.maskedCardNo.slice(-4)}`;
  return choice('user', `${user.no}`, user.bank, note, user.no === (chosen?.no ?? 1));
})}
</fieldset>`;
}

function actions(pay: string, cancel: string): Html {
  const more = Object.entries(payOutcomes).slice(3);
  return html`${button('paid', pay, 'primary')}
${button('cancel', cancel, 'plain')}
${button('fail', '模拟余额不足', 'plain')}
<details><summary>更多结果</summary>
${more.map(([outcome, text]) => button(outcome, text, 'plain'))}
</details>`;
}

/** Only real payment asks for the secret; the other results are for tests. */
function button(outcome: string, text: string, kind: string): Html {
  return html`<button name="outcome" value="${outcome}" class="${kind}"
${outcome !== 'paid' && html`formnovalidate`}>${text}</button>`;
}

/** Tells the result and takes the browser back to the merchant. */
export function returnPage(
  deps: PageDeps,
  shown: { title: string; text: string; url: string; fields: Fields },
): string {
  const main = html`${heading(shown.title)}
<p class="lead" role="status">${shown.text}正在返回商户…</p>
<form id="return" method="post" action="${shown.url}" accept-charset="utf-8">
${Object.entries(shown.fields).map(
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
)}<button class="primary">返回商户</button>
</form>
<script src="${deps.publicPath}/union-pay/return.js"></script>`;
  return walletPageOf(deps, shown.title, main);
}

/** Tells the result and takes the browser to an address of the merchant's, with nothing added. */
export function leavePage(
  deps: PageDeps,
  shown: { title: string; text: string; url: string },
): string {
  const main = html`${heading(shown.title)}
<p class="lead" role="status">${shown.text}正在返回商户…</p>
<p><a id="return" href="${shown.url}">返回商户</a></p>
<script src="${deps.publicPath}/union-pay/return.js"></script>`;
  return walletPageOf(deps, shown.title, main);
}

export function messagePage(deps: PageDeps, title: string, text: string): string {
  const main = html`${heading(title)}
<p class="lead">${text}</p>
<p><a href="${deps.publicPath}/union-pay/wallet">回到模拟云闪付</a></p>`;
  return walletPageOf(deps, title, main);
}

export function walletPageOf(deps: PageDeps, title: string, main: Html): string {
  const style = html`<link rel="stylesheet" href="${deps.publicPath}/union-pay/wallet.css">`;
  return page(deps.publicPath, { title, kind: 'phone union-pay', main: html`${style}${main}` });
}

export function heading(title: string): Html {
  return html`<h1>${title} <span class="mark">模拟</span></h1>`;
}

export function choice(
  name: string,
  value: string,
  text: string,
  note: string,
  isChosen: boolean,
): Html {
  return html`<label class="choice"><input type="radio" name="${name}" value="${value}" required
${isChosen && html`checked`}> ${text} <span>${note}</span></label>`;
}

/** Fen as yuan with two decimals and thousands separators. */
export function yuan(totalFen: number): string {
  const whole = Math.trunc(totalFen / 100).toString();
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `¥${separated}.${String(totalFen % 100).padStart(2, '0')}`;
}
