import type { BankRuleExample, BankRuleKind, BankRulePlace } from '@wuye-pay/contract';
import { plain, type StatementEntry } from './entry.ts';

export interface Rule {
  readonly kind: BankRuleKind;
  readonly place: BankRulePlace;
  readonly words: string;
}

/** Why a credit is no payment of a resident; null when nothing says so. */
export function notPaymentKind(entry: StatementEntry, rules: readonly Rule[]): BankRuleKind | null {
  if (entry.direction === 'debit') return null;
  if (entry.isReversal) return 'reversal';
  return rules.find((rule) => isMet(rule, entry))?.kind ?? null;
}

function isMet({ place, words }: Rule, { counterpartyName, text }: StatementEntry): boolean {
  const wanted = plain(words);
  const where = [
    ...(place === 'text' ? [] : [counterpartyName]),
    ...(place === 'counterparty' ? [] : [text]),
  ];
  return wanted !== '' && where.some((each) => plain(each).includes(wanted));
}

/** Usual names of what settles to a company. Off until somebody takes them over. */
export const ruleExamples: readonly BankRuleExample[] = [
  settlement('财付通', '微信支付的结算款', 'What WeChat Pay pays out'),
  settlement('支付宝', '支付宝的结算款', 'What Alipay pays out'),
  settlement('银联商务', '银联商务的结算款', 'What UnionPay Merchant Services pays out'),
  settlement('中国银联', '银联的结算款', 'What UnionPay pays out'),
  settlement('网联清算', '网联清算的结算款', 'What NetsUnion pays out'),
  {
    kind: 'reversal',
    place: 'text',
    words: '退汇',
    note: { zh: '付出去又退回来的款项', en: 'Our own transfers that came back' },
  },
  {
    kind: 'other',
    place: 'text',
    words: '结息',
    note: { zh: '活期存款利息', en: 'Interest on the account' },
  },
];

function settlement(words: string, zh: string, en: string): BankRuleExample {
  return { kind: 'settlement', place: 'counterparty', words, note: { zh, en } };
}
