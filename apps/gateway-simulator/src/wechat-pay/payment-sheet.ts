import { type Html, html } from '../html.ts';
import { yuan } from './money.ts';
import { type PayOutcome, payOutcomes } from './pay.ts';
import type { Order } from './records.ts';
import { type SimulatedUser, users } from './users.ts';

/** What the payer chose on a sheet. */
export type SheetChoice = { outcome: PayOutcome; bankType?: string | undefined };

const WRONG_PASSWORD = '000000';
const CHANGE = 'change';
const CARD = 'card';

/** The sheet of the wallet: amount, payee, pay method, password, and what else may happen. */
export function paymentSheet(input: {
  action: string;
  hidden: Record<string, string>;
  order: Order;
  payee: string;
  /** Without one the sheet asks who pays. */
  user: SimulatedUser | undefined;
  problem?: string | undefined;
}): Html {
  const { order, user, problem } = input;
  const button = (outcome: string, text: string, kind: string) =>
    html`<button name="outcome" value="${outcome}" class="${kind}">${text}</button>`;
  const more = Object.entries(payOutcomes).filter(([outcome]) => outcome.startsWith('paid-'));
  return html`<p class="payee">${input.payee}</p>
<p class="amount">${yuan(order.totalFen)}</p>
${problem && html`<p class="problem" role="alert">${problem}</p>`}
<dl><dt>商品</dt><dd>${order.description}</dd>
${user && html`<dt>付款人</dt><dd>${user.name} · ${user.note}</dd>`}</dl>
<form method="post" action="${input.action}" class="actions">
${Object.entries(input.hidden).map(
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
)}
${user === undefined && payerChoice()}
${methodChoice(user)}
<label for="password">支付密码（六位数字；留空为指纹支付）</label>
<input id="password" name="password" type="password" inputmode="numeric" maxlength="6"
 autocomplete="off" aria-describedby="password-hint">
<p id="password-hint" class="hint">任意六位都对，${WRONG_PASSWORD} 除外。</p>
${button('paid', '支付', 'primary')}
${button('cancel', '取消', 'plain')}
${button('fail', '模拟支付失败', 'plain')}
<details><summary>更多结果</summary>
${more.map(([outcome, text]) => button(outcome, text, 'plain'))}
</details>
</form>`;
}

/** Reads a sheet. A problem is shown to the payer, who stays on the sheet. */
export function readSheet(
  form: { get(name: string): string | null },
  order: Order,
  user: SimulatedUser,
): SheetChoice | { problem: string } {
  const outcome = form.get('outcome') ?? '';
  if (!isPayOutcome(outcome)) return { problem: '请选择支付或取消。' };
  if (!outcome.startsWith('paid')) return { outcome };
  const password = form.get('password') ?? '';
  if (password !== '' && !/^\d{6}$/.test(password)) return { problem: '支付密码是六位数字。' };
  if (password === WRONG_PASSWORD) return { problem: '支付密码错误，请重试。' };
  const method = form.get('method');
  if (method === CHANGE && user.balanceFen < order.totalFen) {
    const left = yuan(user.balanceFen);
    return { problem: `零钱余额不足（剩 ${left}），请换一种支付方式。` };
  }
  if (method === CHANGE) return { outcome, bankType: 'OTHERS' };
  return method === CARD ? { outcome, bankType: user.cardBankType } : { outcome };
}

export function isPayOutcome(text: unknown): text is PayOutcome {
  return typeof text === 'string' && Object.hasOwn(payOutcomes, text);
}

/** The ways in which a person can pay, their usual one first. */
export function methodsOf(user: SimulatedUser): { id: string; name: string }[] {
  const change = { id: CHANGE, name: `零钱（剩 ${yuan(user.balanceFen)}）` };
  const card = { id: CARD, name: user.cardName };
  return user.bankType === 'OTHERS' ? [change, card] : [card, change];
}

function methodChoice(user: SimulatedUser | undefined): Html {
  const methods =
    user === undefined
      ? [
          { id: CARD, name: '银行卡' },
          { id: CHANGE, name: '零钱' },
        ]
      : methodsOf(user);
  return html`<fieldset><legend>支付方式</legend>
${methods.map(
  ({ id, name }, index) => html`<label class="choice"><input type="radio" name="method"
 value="${id}" ${index === 0 && html`checked`}> ${name}</label>`,
)}
</fieldset>`;
}

function payerChoice(): Html {
  return html`<fieldset><legend>我是</legend>
${users.map(
  (user) => html`<label class="choice"><input type="radio" name="user" value="${user.no}"
 required ${user.no === 1 && html`checked`}> ${user.name} <span>${user.note}</span></label>`,
)}
</fieldset>`;
}
