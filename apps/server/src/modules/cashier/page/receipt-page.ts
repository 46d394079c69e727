import { type Fen, fen, sum, yuanAmount } from '@wuye-pay/money';
import { periodText } from '../../../platform/period-text.ts';
import type { Content, Look } from './document.ts';
import type { HomeView } from './head.ts';
import { html, type Markup } from './html.ts';
import { type Texts, textsOf } from './texts.ts';

export interface ReceiptView {
  readonly home: HomeView;
  /** `/q/<code>/payments/<id>` */
  readonly paymentPath: string;
  readonly paymentId: string;
  /** How paying went, if this payer is asked. */
  readonly question: Markup | undefined;
  /** Bills of the home that are still to be paid. */
  readonly openBills: number;
  readonly state: 'open' | 'processing' | 'paid' | 'closed';
  readonly amountFen: Fen;
  /** In the company's time zone, "2026-11-24 18:00:05". */
  readonly paidAt: string | undefined;
  readonly paymentNo: string;
  readonly tradeNo: string | null;
  readonly lines: readonly {
    readonly feeItemName: string;
    readonly periodStart: string;
    readonly periodEnd: string;
    readonly amountFen: Fen;
    readonly settledFen: Fen;
  }[];
}

/** What the payer keeps; both languages, and fit for paper. */
export function receiptPage(view: ReceiptView, look: Look): Content {
  const t = textsOf(look.language);
  const isPaid = view.state === 'paid';
  const more = isPaid && view.openBills > 0 ? t.payNext(view.openBills) : t.back;
  const follow = view.state === 'open' || view.state === 'processing' ? view.paymentPath : '';
  const main = html`<main data-follow="${follow}">
    ${isPaid ? receipt(view, look, t) : pending(view, t)}
    ${view.question}
    <p><a class="button" href="${view.home.path}">${more}</a></p>
    <p><a href="${view.home.path}/ask?payment=${view.paymentId}">${t.ask}</a></p></main>`;
  const title = `${t.receipt} · ${view.home.unitLabel}`;
  return { title, main, hasScript: follow !== '', hasFields: view.question !== undefined };
}

function pending(view: ReceiptView, t: Texts): Markup {
  const isClosed = view.state === 'closed';
  return html`<h1>${isClosed ? t.unpaid : t.confirming}</h1>
    <p class="card" role="status">${yuanAmount(view.amountFen)}
    ${isClosed ? undefined : html`<br>${t.confirmingHint}`}</p>`;
}

function receipt(view: ReceiptView, look: Look, t: Texts): Markup {
  const [zh, en] = [textsOf('zh'), textsOf('en')];
  type Fact = 'room' | 'payeeName' | 'paidAt' | 'paymentNo' | 'tradeNo';
  const row = (name: Fact, value: string | null | undefined) =>
    value
      ? html`<li class="long"><small>${zh[name]} ${en[name]}</small><b>${value}</b></li>`
      : undefined;
  return html`<h1>${t.paid}</h1><p><b class="sum">${yuanAmount(view.amountFen)}</b></p>
    <h2>${zh.receipt} ${en.receipt}</h2>
    <ul class="card">
      ${row('room', `${view.home.communityName} ${view.home.unitLabel}`)}
      ${view.lines.map(
        (line) => html`<li class="line"><span>${line.feeItemName}
          <small>${periodText(line.periodStart, line.periodEnd, look.language)}</small></span>
          <b>${yuanAmount(line.amountFen)}</b></li>`,
      )}
      ${row('payeeName', view.home.companyName)}${row('paidAt', view.paidAt)}
      ${row('paymentNo', view.paymentNo)}${row('tradeNo', view.tradeNo)}
    </ul>${surplus(view, t)}
    ${['pdf', 'png'].map(
      (format) =>
        html`<p><a href="${view.paymentPath}/receipt.${format}">${t.receiptFile(format)}</a></p>`,
    )}`;
}

function surplus(view: ReceiptView, t: Texts): Markup | undefined {
  const rest = fen(sum(view.lines.map(({ amountFen, settledFen }) => fen(amountFen - settledFen))));
  return rest > 0 ? html`<p class="card">${t.surplus(yuanAmount(rest))}</p>` : undefined;
}
