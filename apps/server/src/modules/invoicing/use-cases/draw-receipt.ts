import { capitalYuan, fen, yuanAmount } from '@wuye-pay/money';
import type { Deps } from '../../../platform/deps.ts';
import {
  a5,
  createWriter,
  type Paper,
  renderPdf,
  renderPng,
  type Writer,
} from '../../../platform/paper/index.ts';
import { periodText } from '../../../platform/period-text.ts';
import type { ReceiptToday } from '../domain/receipt.ts';
import { receiptTexts } from '../domain/receipt-texts.ts';

export interface ReceiptFile {
  readonly name: string;
  readonly type: 'application/pdf' | 'image/png';
  readonly body: Buffer;
}

export interface DrawInput {
  readonly receipt: ReceiptToday;
  readonly language: 'zh' | 'en';
  /** `png` is one piece, to be kept on a phone. */
  readonly format: 'pdf' | 'png';
}

/** The receipt as a file; the font is embedded, and a code on it leads to its check. */
export async function drawReceipt(
  deps: Pick<Deps, 'publicUrl'>,
  { receipt, language, format }: DrawInput,
): Promise<ReceiptFile> {
  const t = receiptTexts[language];
  const isPdf = format === 'pdf';
  const writer = createWriter(isPdf ? a5 : { ...a5, heightPt: undefined });
  write(writer, receipt, language, checkUrl(deps, receipt.checkCode));
  const title = `${t.title.replace(' ', '')} ${receipt.receiptNo}`;
  const paper: Paper = { title, language, sheets: writer.sheets() };
  const name = `${language === 'zh' ? '收据' : 'receipt-'}${receipt.receiptNo}.${format}`;
  return isPdf
    ? { name, type: 'application/pdf', body: await renderPdf(paper, receipt.issuedAt) }
    : { name, type: 'image/png', body: await renderPng(paper) };
}

/** Where whoever holds a receipt checks it. */
export function checkUrl({ publicUrl }: Pick<Deps, 'publicUrl'>, checkCode: string): string {
  return `${publicUrl}/v/${checkCode}`;
}

function write(writer: Writer, receipt: ReceiptToday, language: 'zh' | 'en', url: string): void {
  const t = receiptTexts[language];
  const { facts, amountFen, refundedFen } = receipt;
  const isOneHome = facts.unitLabels.length === 1;
  writer.text(t.title, { sizePt: 20, align: 'centre' });
  writer.text(facts.companyName, { align: 'centre', isFaint: true });
  writer.gap(6);
  writer.pair(t.no, receipt.receiptNo);
  writer.pair(t.room, `${facts.communityName} ${isOneHome ? facts.unitLabels[0] : ''}`.trim());
  if (facts.ownerMasked) writer.pair(t.owner, facts.ownerMasked);
  writer.rule();
  for (const line of facts.lines) {
    const period = periodText(line.periodStart, line.periodEnd, language);
    const home = isOneHome ? '' : `${line.unitLabel} · `;
    writer.pair(`${home}${line.feeItemName} ${period}`, yuanAmount(fen(line.amountFen)));
  }
  writer.rule();
  writer.pair(t.total, yuanAmount(amountFen), { sizePt: 14 });
  writer.text(`${t.capitals}：${capitalYuan(amountFen)}`);
  if (refundedFen > 0) writer.text(`※ ${t.refunded(yuanAmount(refundedFen))}`, { sizePt: 11 });
  writer.rule();
  writer.pair(t.paidAt, facts.paidAt);
  writer.pair(t.method, facts.method[language]);
  writer.pair(t.paymentNo, facts.paymentNo, { sizePt: 9 });
  if (facts.tradeNo) writer.pair(t.tradeNo, facts.tradeNo, { sizePt: 9 });
  writer.pair(t.payee, facts.companyName);
  if (facts.servicePhone) writer.pair(t.office, facts.servicePhone);
  writer.gap(10);
  writer.qr(url, 72, [t.check, url, t.note]);
}
