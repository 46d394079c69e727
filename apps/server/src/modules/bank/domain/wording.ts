import type { AmountMatch } from './match-amount.ts';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** How the amount fits, as a reason for a match or a suggestion. */
export function amountReason({ kind, billIds }: AmountMatch): Bilingual {
  const count = billIds.length;
  switch (kind) {
    case 'all':
      return { zh: `金额正好是全部 ${count} 张未缴账单`, en: `It is all ${count} open bills` };
    case 'oldest':
      return {
        zh: `金额正好是最早的 ${count} 张未缴账单`,
        en: `It is exactly the oldest ${count} open bills`,
      };
    case 'one':
      return { zh: '金额正好是其中一张账单', en: 'It is exactly one of the bills' };
    case 'combination':
      return {
        zh: `金额正好是其中 ${count} 张账单之和，且只有这一种组合`,
        en: `It is exactly ${count} bills, and no other combination comes to it`,
      };
    case 'part':
      return {
        zh: `金额与账单不相等：先结清最早的 ${count} 张，余款挂账`,
        en: `It equals no bills: the oldest ${count} are settled, the rest lies in suspense`,
      };
    case 'none':
      return {
        zh: '金额不足最早的一张账单，或该房屋没有未缴账单：全额挂账',
        en: 'It does not reach to the oldest bill, or nothing is owed: all of it is in suspense',
      };
  }
}

export const why = {
  subAccount: (number: string, label: string): Bilingual => ({
    zh: `付到了子账号 ${number}，属于${label}`,
    en: `Paid to the sub-account ${number} of ${label}`,
  }),
  reference: (printed: string, label: string): Bilingual => ({
    zh: `附言中的缴费识别码 ${printed} 属于${label}`,
    en: `The remark has the reference ${printed} of ${label}`,
  }),
  nearReference: (printed: string): Bilingual => ({
    zh: `附言与缴费识别码 ${printed} 只差一个字符`,
    en: `The remark differs from the reference ${printed} by one character`,
  }),
  name: (label: string): Bilingual => ({
    zh: `付款户名与${label}登记的人员姓名相同，且只有这一套`,
    en: `The payer has the name of a person of ${label}, and of no other unit`,
  }),
  nameOfSeveral: (count: number): Bilingual => ({
    zh: `付款户名与 ${count} 套房屋登记的姓名相同`,
    en: `People of the payer's name live in ${count} units`,
  }),
  nameOfOne: { zh: '付款户名与登记的人员姓名相同', en: 'The payer has the name of a person here' },
  payer: (times: number): Bilingual => ({
    zh: `同一付款账户曾为这套房屋缴过 ${times} 次`,
    en: `The same account paid for this unit ${times} times before`,
  }),
  label: {
    zh: '附言中写有这套房屋的门牌',
    en: 'The remark says the door of this unit',
  },
  several: {
    zh: '附言中有不止一套房屋的缴费识别码，没有自动匹配',
    en: 'The remark has references of several units, so nothing was matched by itself',
  },
  contradiction: {
    zh: '子账号与附言中的缴费识别码指向不同的房屋，没有自动匹配',
    en: 'Sub-account and reference name different units, so nothing was matched by itself',
  },
  nothing: {
    zh: '没有子账号，附言中也没有能核对的缴费识别码',
    en: 'There is no sub-account, and no reference that can be checked in the remark',
  },
  nameOff: {
    zh: '付款户名与金额都相符，但“按户名自动匹配”没有打开，等人确认',
    en: 'Name and amount fit, but matching by name is switched off: somebody has to confirm',
  },
  nameNotExact: {
    zh: '付款户名相符但金额对不上账单，等人确认',
    en: 'The name fits and the amount does not: somebody has to confirm',
  },
  held: {
    zh: '账单正在网上支付且渠道没有明确答复，先挂账，稍后可人工匹配',
    en: 'The bills are being paid online without a clear answer: suspense first, match it later',
  },
  byHand: (name: string, label: string): Bilingual => ({
    zh: `${name} 人工匹配到${label}`,
    en: `Matched to ${label} by ${name}`,
  }),
};
