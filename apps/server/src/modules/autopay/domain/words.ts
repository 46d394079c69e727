import type { EndCode } from './failure.ts';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What happened, and what the payer can do. */
export const endWords: Readonly<Record<EndCode, Bilingual>> = {
  'no-money': {
    zh: '钱包余额或银行卡余额不足，请充值，或现在自行缴纳',
    en: 'there is too little money in the wallet or card; top it up, or pay by hand now',
  },
  'wallet-limit': {
    zh: '超过了钱包或银行卡的限额，请在钱包中调高限额，或自行缴纳',
    en: 'above a limit of the wallet or card; raise it in the wallet, or pay by hand',
  },
  'wallet-refused': {
    zh: '钱包账户暂时不能扣款，请在钱包中查看账户状态，或自行缴纳',
    en: 'the wallet cannot be debited; look at its state there, or pay by hand',
  },
  'mandate-ended': {
    zh: '钱包中的自动扣款已关闭，需要时请重新签约；这次请自行缴纳',
    en: 'autopay is switched off in the wallet; sign again if you need it, and pay by hand',
  },
  'not-answered': {
    zh: '钱包没有完成扣款，没有扣钱',
    en: 'the wallet did not complete the debit; nothing was taken',
  },
  'taken-over': {
    zh: '有人正在用其他方式缴这些账单',
    en: 'somebody is paying these bills in another way',
  },
  other: {
    zh: '钱包没有扣款成功，没有扣钱',
    en: 'the wallet did not debit; nothing was taken',
  },
  stopped: { zh: '代扣已停止', en: 'autopay was stopped' },
  'home-left': { zh: '您已不再绑定该房屋', en: 'you are no longer bound to the home' },
  'bills-changed': {
    zh: '账单已付清、有变动或有异议，无须这次扣款',
    en: 'the bills are paid, have changed or are in dispute',
  },
  'over-limit': {
    zh: '超过您设定的上限，请自行缴纳，或重新签约调高上限',
    en: 'above the limit that you set; pay by hand, or sign again with a higher one',
  },
  late: {
    zh: '没有在通知的日期扣成，会重新通知后再扣',
    en: 'its day passed; a new notice follows',
  },
  'notice-refused': {
    zh: '钱包没有接受扣款前通知，这次请自行缴纳',
    en: 'the wallet did not take the notice before the debit; please pay by hand',
  },
  unskipped: {
    zh: '您撤销了跳过，账单会随之后的扣款一起扣，扣款前会再通知您',
    en: 'you took back the skip; its bills come with a later debit, announced again',
  },
  'not-reached': {
    zh: '扣款通知没能送达您，按规定不能扣款；请检查手机号与通知设置，这次请自行缴纳',
    en: 'the notice did not reach you, so nothing may be debited; check your phone and settings',
  },
};

export const leftOutWords = {
  'over-debit-limit': {
    zh: '金额高于单笔上限，不会自动扣款；请自行缴纳，或重新签约调高上限',
    en: 'above the limit per debit: it is not debited; pay by hand, or sign again with more',
  },
  'over-month-limit': {
    zh: '本月上限已用完，不会在本月自动扣款；可自行缴纳，或重新签约调高上限',
    en: 'the month’s limit is used up: not debited this month; pay by hand, or sign again',
  },
  disputed: {
    zh: '您对这张账单有异议，处理完之前不会扣款',
    en: 'you dispute this bill; it is not debited before that is answered',
  },
  skipped: { zh: '您跳过了这次扣款，请自行缴纳', en: 'you skipped it; please pay by hand' },
  failed: {
    zh: '自动扣款没有成功，不再尝试，请自行缴纳',
    en: 'the debit failed for good; please pay by hand',
  },
  'other-account': {
    zh: '这项费用改由其他账户收款，需要重新签约才能代扣；请自行缴纳',
    en: 'it is collected by another account now; sign again for it, and pay by hand meanwhile',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;

export function dayWords(day: string): Bilingual {
  const [year = '', month = '', date = ''] = day.split('-');
  const en = `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`;
  return { zh: `${Number(month)}月${Number(date)}日`, en };
}
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Words that stand by themselves and not within a sentence. */
export function sentence({ zh, en }: Bilingual): Bilingual {
  return { zh, en: en.charAt(0).toUpperCase() + en.slice(1) };
}

/** Short names of wallets, as people call them. */
export function walletWords(channel: string): Bilingual {
  if (channel === 'wechat-pay') return { zh: '微信支付', en: 'WeChat Pay' };
  if (channel === 'alipay') return { zh: '支付宝', en: 'Alipay' };
  return { zh: channel, en: channel };
}
