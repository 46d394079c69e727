import { fen, yuanAmount } from '@wuye-pay/money';
import { periodText } from '../../../platform/period-text.ts';
import type { ReceiptToday } from '../../invoicing/index.ts';
import type { Content, Look } from './document.ts';
import { html, type Markup } from './html.ts';
import { textsOf } from './texts.ts';

/** Whether the receipt that somebody holds is genuine, and what of it was refunded since. */
export function checkPage(
  receipt: ReceiptToday,
  { path, ...look }: Look & { readonly path: string },
): Content {
  const t = textsOf(look.language);
  const { facts, amountFen, refundedFen, agrees } = receipt;
  const verdict = agrees ? t.genuine : t.differs;
  const main = html`<main><h1>${verdict}</h1>
    <p><b class="sum">${yuanAmount(amountFen)}</b></p>
    ${refundedFen > 0 ? refunded(t.refunded(yuanAmount(refundedFen))) : undefined}
    <ul class="card">
      ${row(t.receiptNo, receipt.receiptNo)}
      ${row(t.room, `${facts.communityName} ${facts.unitLabels.join('、')}`)}
      ${facts.lines.map(
        (line) => html`<li class="line"><span>${line.feeItemName}
          <small>${periodText(line.periodStart, line.periodEnd, look.language)}</small></span>
          <b>${yuanAmount(fen(line.amountFen))}</b></li>`,
      )}
      ${row(t.payeeName, facts.companyName)}${row(t.paidAt, facts.paidAt)}
      ${row(t.paymentNo, facts.paymentNo)}
    </ul><p><small>${t.genuineHint}</small></p>
    <p><a href="${path}/ask">${t.ask}</a></p></main>`;
  return { title: `${t.receipt} ${receipt.receiptNo}`, main };
}

function row(name: string, value: string): Markup {
  return html`<li class="long"><small>${name}</small><b>${value}</b></li>`;
}

function refunded(text: string): Markup {
  return html`<p class="card" role="status">${text}</p>`;
}
