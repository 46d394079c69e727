import { fen, yuanAmount } from '@wuye-pay/money';
import { dayOf } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import {
  createWriter,
  halfA4,
  renderPdf,
  stackSheets,
  type Writer,
} from '../../../platform/paper/index.ts';
import { periodText } from '../../../platform/period-text.ts';
import { roomCodesOf } from '../../estate/index.ts';
import { dayText } from '../domain/wording.ts';
import { reminderErrors } from '../errors.ts';
import { noticesOnSheet, paperBills } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { type PaperLine, paperLines } from '../queries/notice-papers.ts';

/**
 * Notices as one PDF, two on a sheet: the home, what it owes now, and the code that opens the page
 * to pay. No name of anybody, so that a neighbour who sees it learns no more than the door says.
 * The same again prints again; it changes nothing.
 * @throws REMINDER_NOTHING_TO_PRINT when all of them have paid
 */
export async function drawNotices(
  deps: Pick<Deps, 'db' | 'clock' | 'publicUrl'>,
  {
    companyId,
    reminderIds,
  }: { readonly companyId: string; readonly reminderIds: readonly string[] },
): Promise<{ name: string; type: string; body: Buffer }> {
  const now = deps.clock.now();
  const { lines, codes, today } = await deps.db.transaction(companyId, async (tx) => {
    const found = await paperLines(tx, reminderIds);
    const unitIds = found.map(({ unitId }) => unitId);
    const { timeZone } = await companyOf(tx);
    return {
      lines: found,
      codes: await roomCodesOf(deps, tx, unitIds),
      today: dayOf(now, timeZone),
    };
  });
  const notices = byReminder(lines);
  if (notices.length === 0) throw reminderErrors.REMINDER_NOTHING_TO_PRINT();
  const sheets = notices.flatMap((bills) => {
    const writer = createWriter(halfA4);
    const url = `${deps.publicUrl}/q/${codes.get(bills[0]?.unitId ?? '')}`;
    write(writer, bills, { url, today });
    return writer.sheets();
  });
  const title = `缴费通知单 ${today}`;
  const paper = { title, language: 'zh' as const, sheets: stackSheets(sheets, noticesOnSheet) };
  return {
    name: `缴费通知单${today}.pdf`,
    type: 'application/pdf',
    body: await renderPdf(paper, now),
  };
}

function byReminder(lines: readonly PaperLine[]): PaperLine[][] {
  const notices = new Map<string, PaperLine[]>();
  for (const line of lines) {
    notices.set(line.reminderId, [...(notices.get(line.reminderId) ?? []), line]);
  }
  return [...notices.values()];
}

function write(
  writer: Writer,
  bills: readonly PaperLine[],
  { url, today }: { readonly url: string; readonly today: string },
): void {
  const [first] = bills;
  if (!first) return;
  const total = bills.reduce((sum, { openFen }) => sum + openFen, 0);
  const shown = bills.length > paperBills ? bills.slice(0, paperBills - 1) : bills;
  const rest = bills.slice(shown.length);
  writer.text('缴费通知单', { sizePt: 18, align: 'centre' });
  writer.text(first.companyName, { align: 'centre', isFaint: true });
  writer.gap(4);
  writer.pair(`${first.communityName} ${first.unitLabel}`, dayText(today, 'zh'), { sizePt: 12 });
  writer.rule();
  for (const bill of shown) {
    const period = periodText(bill.periodStart, bill.periodEnd, 'zh');
    const due = bill.dueOn < today ? '已逾期，' : '';
    writer.pair(
      `${bill.feeItemName} ${period}（${due}${dayText(bill.dueOn, 'zh')}到期）`,
      yuanAmount(fen(bill.openFen)),
    );
  }
  if (rest.length > 0) {
    const restFen = rest.reduce((sum, { openFen }) => sum + openFen, 0);
    writer.pair(`其余${rest.length}笔，扫码查看`, yuanAmount(fen(restFen)));
  }
  writer.rule();
  writer.pair('合计待缴', yuanAmount(fen(total)), { sizePt: 14 });
  writer.gap(8);
  writer.qr(url, 96, [
    '微信、支付宝或云闪付扫码，无需注册即可查看明细并缴费。',
    '如已缴费，请忽略本通知。对账单有疑问，请扫码后选择“有疑问”，或到物业服务中心核对。',
    '请认准本公司张贴或送达的二维码，不要向个人账户转账。',
    url,
  ]);
}
