import { type Html, html } from '../html.ts';
import { shownYuan } from './money.ts';
import { payOutcomes } from './pay.ts';
import { type Agreement, type Application, type Trade, tradeKey } from './records.ts';
import type { SimulatedUser } from './users.ts';
import { alipayPage, heading, messagePage, type PageDeps, userChoice } from './wallet-pages.ts';

/** The cashier: amount, payee, way to pay, password; or who is paying, when nobody signed in. */
export function cashierPage(
  deps: PageDeps,
  shown: {
    app: Application;
    trade: Trade;
    user: SimulatedUser | undefined;
    problem?: string | undefined;
  },
): string {
  const { app, trade, user } = shown;
  if (trade.state === 'paid') {
    return messagePage(deps, '支付成功', `这笔订单已支付 ${shownYuan(trade.totalFen)}。`);
  }
  if (trade.state === 'closed') return messagePage(deps, '无法付款', '该订单已关闭。');
  const action = `${deps.publicPath}/alipay/cashier`;
  const order = html`<p class="payee">${app.name}</p>
<p class="amount">${shownYuan(trade.totalFen)}</p>
<dl><dt>商品</dt><dd>${trade.subject}</dd><dt>订单号</dt><dd>${trade.outTradeNo}</dd></dl>
${problemOf(shown.problem)}`;
  const hidden = html`<input type="hidden" name="trade" value="${tradeKey(trade)}">`;
  const body =
    user === undefined
      ? html`<form method="post" action="${action}/login">${hidden}
${userChoice(undefined)}<button class="primary">登录并继续付款</button></form>`
      : html`<form method="post" action="${action}">${hidden}
${sourceChoice(user)}
${passwordField()}
<button name="outcome" value="paid" class="primary">确认付款 ${shownYuan(trade.totalFen)}</button>
${quietButton('cancel', '取消付款')}
<details><summary>更多结果（模拟）</summary>
${quietButton('fail', '模拟支付失败')}
${Object.entries(payOutcomes)
  .filter(([outcome]) => outcome.startsWith('paid-'))
  .map(([outcome, text]) => quietButton(outcome, text))}
</details></form>`;
  return alipayPage(deps, '收银台', html`${heading('收银台')}${order}${body}`);
}

/** The page on which a payer signs an agreement to be debited. */
export function agreementPage(
  deps: PageDeps,
  shown: {
    app: Application;
    agreement: Agreement;
    user: SimulatedUser | undefined;
    problem?: string | undefined;
  },
): string {
  const { app, agreement, user } = shown;
  const { rule } = agreement;
  const period = rule && (rule.periodType === 'MONTH' ? '个月' : '天');
  const main = html`${heading('开通自动扣款')}
<p class="lead">同意后，“${app.name}”可按下面的约定从您的账户扣款，不再逐笔确认。</p>
<dl><dt>收款方</dt><dd>${app.name}</dd>
<dt>协议号</dt><dd>${agreement.externalAgreementNo ?? agreement.agreementNo}</dd>
${
  rule &&
  html`<dt>扣款周期</dt><dd>每 ${rule.period} ${period}</dd>
<dt>首次扣款</dt><dd>${agreement.nextDeductOn}</dd>
<dt>单次不超过</dt><dd>${shownYuan(rule.singleFen)}</dd>`
}</dl>
${problemOf(shown.problem)}
<form method="post" action="${deps.publicPath}/alipay/agreement">
<input type="hidden" name="agreement" value="${agreement.agreementNo}">
${user === undefined ? userChoice(undefined) : payerLine(user)}
${passwordField()}
<button name="outcome" value="signed" class="primary">同意并开通</button>
${quietButton('cancel', '不开通')}
</form>`;
  return alipayPage(deps, '开通自动扣款', main);
}

/** Back in the browser of a payer whose merchant gave no page to return to. */
export function resultPage(deps: PageDeps, trade: Trade, outcome: string, result: string): string {
  const isPaid = trade.payment !== null;
  const title = isPaid ? '支付成功' : '没有付款';
  const text = isPaid
    ? `${shownYuan(trade.payment?.totalFen ?? 0)} 已付给商户。`
    : outcome === 'cancel'
      ? '您取消了付款，订单还可以继续支付。'
      : '这次没有付成，订单还可以继续支付。';
  return messagePage(deps, title, trade.method === 'app' ? `${text}（${result}）` : text);
}

function sourceChoice(user: SimulatedUser): Html {
  return html`<fieldset>
<legend>付款方式（${user.name}）</legend>
${user.sources.map(
  (source, index) => html`<label class="choice"><input type="radio" name="source"
 value="${source.id}"${index === 0 && html` checked`}> ${source.name}</label>`,
)}
</fieldset>`;
}

function payerLine(user: SimulatedUser): Html {
  return html`<p class="lead">付款账户：${user.name}（${user.logonId}）</p>`;
}

function passwordField(): Html {
  return html`<label for="password">支付密码</label>
<input id="password" name="password" type="password" inputmode="numeric" pattern="[0-9]{6}"
 minlength="6" maxlength="6" autocomplete="off" required aria-describedby="password-hint">
<p id="password-hint" class="hint">任意六位数字；000000 会被当作密码错误。</p>`;
}

function quietButton(outcome: string, text: string): Html {
  const isPaid = outcome.startsWith('paid');
  return html`<button name="outcome" value="${outcome}" class="plain"
${!isPaid && html`formnovalidate`}>${text}</button>`;
}

function problemOf(problem: string | undefined): Html | undefined {
  return problem === undefined ? undefined : html`<p class="problem" role="alert">${problem}</p>`;
}
