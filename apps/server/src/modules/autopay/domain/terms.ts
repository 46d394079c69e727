import { type Fen, yuanText } from '@wuye-pay/money';
import { type Rule, retryDay } from './rule.ts';
import { type Bilingual, dayWords } from './words.ts';

export interface Terms {
  readonly companyName: string;
  readonly wallet: Bilingual;
  readonly homes: readonly {
    readonly name: string;
    readonly items: readonly string[];
    readonly rule: Rule;
  }[];
  readonly limitDebitFen: Fen;
  readonly limitMonthFen: Fen;
  readonly firstDebitOn: string;
}

/** What is agreed to, in plain words, to be read before the wallet opens. */
export function termsLines(terms: Terms): Bilingual[] {
  const { companyName, wallet, homes, limitDebitFen, limitMonthFen, firstDebitOn } = terms;
  const [first] = homes;
  const most = yuanText(limitDebitFen);
  const monthly = yuanText(limitMonthFen);
  return [
    {
      zh: `${companyName}可以从您的${wallet.zh}自动扣缴下列费用：`,
      en: `${companyName} may debit these charges from your ${wallet.en}:`,
    },
    ...homes.map(({ name, items }) => ({
      zh: `${name}：${items.join('、')}`,
      en: `${name}: ${items.join(', ')}`,
    })),
    {
      zh: `每次最多 ${most} 元，每月合计最多 ${monthly} 元。超过上限的账单不会扣，由您自行缴纳。`,
      en: `At most ${most} yuan a debit and ${monthly} a month. Bills above are left to you.`,
    },
    {
      zh: `最早从 ${dayWords(firstDebitOn).zh}开始扣款。`,
      en: `The first debit is on ${dayWords(firstDebitOn).en} at the earliest.`,
    },
    ...(first ? [dayLine(first.rule), retryLine(first.rule)] : []),
    {
      zh: '每次扣款至少提前一天通知您金额和日期；没有通知到您，就不会扣款。',
      en: 'You are told amount and day at least a day before; without a notice nothing is debited.',
    },
    {
      zh: '您可以跳过任何一次扣款，也可以随时一键停止；有异议的账单不会扣。',
      en: 'Skip any debit, or stop at any time with one tap; disputed bills are not debited.',
    },
  ];
}

function dayLine({ basis, days, noticeDays }: Rule): Bilingual {
  const base = basis === 'due' ? '账单到期日' : '账单发布日';
  const baseEn = basis === 'due' ? 'its due day' : 'its publishing';
  const when = days === 0 ? '当天' : days > 0 ? `后 ${days} 天` : `前 ${-days} 天`;
  const whenEn = days === 0 ? 'on' : days > 0 ? `${days} days after` : `${-days} days before`;
  return {
    zh: `账单在${base}${when}扣款，提前 ${noticeDays} 天通知。`,
    en: `A bill is debited ${whenEn} ${baseEn}, announced ${noticeDays} days ahead.`,
  };
}

function retryLine(rule: Rule): Bilingual {
  if (retryDay(rule, { tryNo: 1, failedOn: '2026-01-01' }) === undefined) {
    return { zh: '没有扣成的不会再试，由您自行缴纳。', en: 'A failed debit is not tried again.' };
  }
  const list = rule.retryDays;
  return {
    zh: `因余额不足等没有扣成的，${list.join('、')} 天后各再试一次，每次都先通知；仍不成功由您自行缴纳。`,
    en: `A failed debit is tried again after ${list.join(', ')} days, each time announced first.`,
  };
}
