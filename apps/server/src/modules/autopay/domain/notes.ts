import type { EndCode } from './failure.ts';
import { type Bilingual, dayWords, endWords, sentence } from './words.ts';

/** What became of a debit, and what its payer can do. */
export function debitNote(debit: {
  readonly state: string;
  readonly endCode: string | null;
  readonly nextDebitOn: string | null;
}): Bilingual | null {
  const { state, endCode, nextDebitOn } = debit;
  if (state === 'skipped') {
    return { zh: '已跳过，账单请自行缴纳', en: 'Skipped; please pay its bills by hand' };
  }
  if (state === 'started') {
    return { zh: '正在扣款，等待钱包的结果', en: 'Under way; the wallet’s answer is awaited' };
  }
  const known = endCode === null ? undefined : endWords[endCode as EndCode];
  if (!known) return null;
  const words = sentence(known);
  if (nextDebitOn === null) return words;
  const day = dayWords(nextDebitOn);
  return {
    zh: `${words.zh}；${day.zh}会再试一次`,
    en: `${words.en}; the next try is on ${day.en}`,
  };
}

/** What the state of a mandate means for its payer. */
export function mandateNote(mandate: {
  readonly state: 'requested' | 'active' | 'stopping' | 'ended';
  readonly stoppedBy: string | null;
}): Bilingual {
  const { state, stoppedBy } = mandate;
  if (state === 'requested') {
    return {
      zh: '还没有完成签约。在钱包里确认后，这里会变成“已开通”。',
      en: 'Not signed yet. Once you confirm in the wallet, it is on.',
    };
  }
  if (state === 'active') {
    return {
      zh: '代扣已开通，每次扣款前会通知您。',
      en: 'Autopay is on; you are told beforehand.',
    };
  }
  if (state === 'stopping') {
    return {
      zh: '已停止，不会再扣款。正在等钱包确认解约。',
      en: 'Stopped: nothing is debited any more. The wallet’s confirmation is awaited.',
    };
  }
  const why = (stoppedBy && endedBy[stoppedBy]) || { zh: '', en: '' };
  return { zh: `代扣已结束${why.zh}。`, en: `Autopay has ended${why.en}.` };
}

const endedBy: Readonly<Record<string, Bilingual>> = {
  resident: { zh: '（您已停止）', en: ' (you stopped it)' },
  staff: { zh: '（物业已停止）', en: ' (the management stopped it)' },
  channel: { zh: '（已在钱包中关闭）', en: ' (switched off in the wallet)' },
  home: { zh: '（没有可代扣的房屋）', en: ' (no home is left)' },
  replaced: { zh: '（已重新签约）', en: ' (signed again)' },
  unsigned: { zh: '（没有完成签约）', en: ' (never signed)' },
};
