import { fen, yuanText } from '@wuye-pay/money';
import type { EndCode } from './failure.ts';
import { type Bilingual, dayWords, endWords } from './words.ts';

export type LogKind =
  | 'asked'
  | 'signed'
  | 'limits'
  | 'planned'
  | 'noticed'
  | 'started'
  | 'paid'
  | 'failed'
  | 'skipped'
  | 'unskipped'
  | 'dropped'
  | 'home-left'
  | 'stopping'
  | 'ended'
  | 'unsigned';

export type LogDetail = Readonly<Record<string, string | number | null>>;

const money = (value: LogDetail[string] | undefined) => yuanText(fen(Number(value ?? 0)));
const text = (value: LogDetail[string] | undefined) => String(value ?? '');
const code = (value: LogDetail[string] | undefined) => text(value) as EndCode;

const stoppers: Readonly<Record<string, Bilingual>> = {
  resident: { zh: '您', en: 'you' },
  staff: { zh: '物业', en: 'the management' },
  channel: { zh: '您在钱包中', en: 'you, in the wallet,' },
  home: { zh: '系统（已没有绑定的房屋）', en: 'the system (no home is left)' },
  replaced: { zh: '系统（已重新签约）', en: 'the system (signed again)' },
  unsigned: { zh: '系统（一直没有签约）', en: 'the system (never signed)' },
};

const lines: Readonly<Record<LogKind, (detail: LogDetail) => Bilingual>> = {
  asked: () => ({ zh: '打开钱包去签约', en: 'Led to the wallet to sign' }),
  signed: () => ({ zh: '已签约，代扣开通', en: 'Signed; autopay is on' }),
  limits: (d) => ({
    zh: `上限改为单笔 ${money(d.debitFen)} 元、每月 ${money(d.monthFen)} 元`,
    en: `Limits set to ${money(d.debitFen)} yuan a debit, ${money(d.monthFen)} a month`,
  }),
  planned: (d) => ({
    zh: `计划于 ${dayWords(text(d.debitOn)).zh}扣款 ${money(d.amountFen)} 元`,
    en: `A debit of ${money(d.amountFen)} yuan is planned for ${dayWords(text(d.debitOn)).en}`,
  }),
  noticed: (d) => ({
    zh: `扣款通知已送出（${money(d.amountFen)} 元）`,
    en: `The notice is out (${money(d.amountFen)} yuan)`,
  }),
  started: (d) => ({
    zh: `开始扣款 ${money(d.amountFen)} 元`,
    en: `The debit of ${money(d.amountFen)} yuan started`,
  }),
  paid: (d) => ({
    zh: `扣款成功 ${money(d.amountFen)} 元`,
    en: `${money(d.amountFen)} yuan were debited`,
  }),
  failed: (d) => withReason('扣款没有成功', 'The debit failed', endWords[code(d.code)]),
  skipped: () => ({
    zh: '已跳过这一次扣款，账单请自行缴纳',
    en: 'This debit is skipped; please pay its bills by hand',
  }),
  unskipped: () => ({
    zh: '撤销了跳过，恢复扣款',
    en: 'The skip was taken back; the bills are debited after all',
  }),
  dropped: (d) =>
    withReason('取消了这一次扣款', 'The debit was called off', endWords[code(d.code)]),
  'home-left': () => ({
    zh: '有房屋不再由您代扣（绑定已结束）',
    en: 'A home is no longer paid by you (the binding ended)',
  }),
  stopping: (d) => {
    const who = stoppers[text(d.by)] ?? { zh: '系统', en: 'the system' };
    return { zh: `${who.zh}停止了代扣`, en: `Stopped by ${who.en}` };
  },
  ended: () => ({ zh: '代扣已解约', en: 'The agreement has ended' }),
  unsigned: () => ({ zh: '没有完成签约', en: 'The signature was not completed' }),
};

function withReason(zh: string, en: string, reason: Bilingual | undefined): Bilingual {
  return reason ? { zh: `${zh}：${reason.zh}`, en: `${en}: ${reason.en}` } : { zh, en };
}

/** An entry of the log, as its payer reads it. */
export function logWords(kind: LogKind, detail: LogDetail): Bilingual {
  return lines[kind](detail);
}
