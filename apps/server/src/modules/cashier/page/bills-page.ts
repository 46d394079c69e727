import { type Fen, sum, yuanAmount } from '@wuye-pay/money';
import { periodText } from '../../../platform/period-text.ts';
import type { PaymentPlan, PlannedPayment } from '../../payment/index.ts';
import type { Content, Look } from './document.ts';
import { type HomeView, head } from './head.ts';
import { html, type Markup } from './html.ts';
import { dayText, type Texts, textsOf } from './texts.ts';

export interface BillView {
  readonly id: string;
  readonly feeItemName: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly openFen: Fen;
  readonly explanation: { readonly zh: string; readonly en: string };
  readonly isOverdue: boolean;
  /** Somebody disputes it: it can be paid, and is not unless the payer wants to. */
  readonly isDisputed: boolean;
}

export interface BillsView {
  readonly home: HomeView;
  readonly bills: readonly BillView[];
  /** Somebody else holds one of the bills. */
  readonly isHeldByOther: boolean;
  /** What this payer has begun; `isOver`: its time is over and the channel is being asked. */
  readonly own: { readonly paymentId: string; readonly isOver: boolean } | undefined;
  /** Bills by the account that their money goes into: several are paid one after the other. */
  readonly plan: PaymentPlan;
  /** What the wallet, or the chosen way, is called. */
  readonly label: { readonly zh: string; readonly en: string };
  /** The chosen way of an ordinary browser. */
  readonly way: string | undefined;
  readonly bridge: string | undefined;
}

/** The page that can be paid: everything ticked, one button. */
export function billsPage(view: BillsView, look: Look): Content {
  const t = textsOf(look.language);
  const { home, own, plan } = view;
  const isSplit = plan.payments.length > 1;
  const unpayable = view.bills.filter(({ id }) => plan.unpayable.includes(id));
  const main = html`${head(home, look)}
    <main><form action="${home.path}" data-payment="${own?.paymentId}"
      data-over="${own?.isOver ? 1 : ''}" data-wallet="${view.label[look.language]}"
      data-way="${view.way}">
      ${view.isHeldByOther ? html`<p class="card">${t.held}</p>` : undefined}
      ${isSplit ? html`<p class="card">${t.split(plan.payments.length)}</p>` : undefined}
      ${plan.payments.map((payment, index) => paymentOf(view, payment, index, look))}
      ${unpayable.length > 0 ? html`<p>${t.elsewhere}</p>${billList(unpayable, look)}` : undefined}
      ${view.way ? html`<p><a href="${home.path}">${t.otherWay}</a></p>` : undefined}
      <div class="bar">
        <div id="say" role="status"></div>
        <button>${t.pay} ${yuanAmount(firstAmount(view))}</button>
        <noscript>${t.noScript}</noscript>
      </div>
    </form></main>`;
  return { title: titleOf(home, t), main, hasScript: true, bridge: view.bridge };
}

/** What the button begins with: the ticked bills of the first payment. */
function firstAmount({ bills, plan }: BillsView): Fen {
  const { billIds = [] } = plan.payments[0] ?? {};
  const ticked = bills.filter(({ id, isDisputed }) => billIds.includes(id) && !isDisputed);
  return sum(ticked.map(({ openFen }) => openFen));
}

function paymentOf(
  { home, bills, plan }: BillsView,
  payment: PlannedPayment,
  index: number,
  look: Look,
): Markup {
  const t = textsOf(look.language);
  const own = bills.filter(({ id }) => payment.billIds.includes(id));
  const title =
    plan.payments.length > 1
      ? t.partOf(index + 1, yuanAmount(payment.amountFen))
      : t.bills(own.length);
  return html`<h2>${title}</h2>${own.map((bill) => billRow(bill, { payment: index, path: home.path }, look))}`;
}

function billRow(
  bill: BillView,
  { payment, path }: { readonly payment: number; readonly path: string },
  look: Look,
): Markup {
  const { language } = look;
  const t = textsOf(language);
  return html`<div class="card">
      <label><input type="checkbox" value="${bill.id}" data-fen="${bill.openFen}"
      data-pay="${payment}" ${bill.isDisputed ? undefined : checked}>
      ${billName(bill, look, t)}<b>${yuanAmount(bill.openFen)}</b></label>
      <a class="ask" href="${path}/ask?bill=${bill.id}">${t.ask}</a>
      <details><summary>${t.why}</summary><p>${bill.explanation[language]}</p></details>
    </div>`;
}

const checked = html`checked`;

/** The same without a button, for a browser that cannot pay. */
export function billList(bills: readonly BillView[], look: Look): Markup {
  const t = textsOf(look.language);
  const total = sum(bills.map(({ openFen }) => openFen));
  return html`<h2>${t.bills(bills.length)}</h2>
    <ul class="card">${bills.map(
      (bill) =>
        html`<li class="line">${billName(bill, look, t)}<b>${yuanAmount(bill.openFen)}</b></li>`,
    )}
    <li class="line"><span>${t.total}</span><b>${yuanAmount(total)}</b></li></ul>`;
}

function billName(bill: BillView, { language }: Look, t: Texts): Markup {
  const period = periodText(bill.periodStart, bill.periodEnd, language);
  return html`<span>${bill.feeItemName}
    <small><i>${period}</i> <i>${t.dueBy(dayText(bill.dueOn, language))}</i></small>
    ${stateOf(bill, t)}</span>`;
}

/** Nobody is pressed for a bill that waits for an answer. */
function stateOf({ isDisputed, isOverdue }: BillView, t: Texts): Markup | undefined {
  if (isDisputed) return html`<small>${t.disputed}</small>`;
  return isOverdue ? html`<small class="late">${t.overdue}</small>` : undefined;
}

function titleOf(home: HomeView, t: Texts): string {
  return `${t.title} · ${home.communityName} ${home.unitLabel}`;
}
