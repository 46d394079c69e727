interface Words {
  readonly zh: string;
  readonly en: string;
}

/** "2026-11-01" → 2026年11月 */
export function monthWords(month: string): Words {
  const [year = '', number = ''] = month.split('-');
  return { zh: `${year}年${Number(number)}月`, en: `${year}-${number}` };
}

export interface TitledLine {
  readonly name: string;
  readonly month: string;
}

/** 物业费 2026年11月 等3项 */
export function titleOf([first, ...others]: readonly TitledLine[], isTopUp: boolean): Words {
  if (!first) return isTopUp ? { zh: '预存', en: 'Paid ahead' } : { zh: '缴费', en: 'Payment' };
  const month = monthWords(first.month);
  const count = others.length + 1;
  return {
    zh: `${first.name} ${month.zh}${others.length > 0 ? ` 等${count}项` : ''}`,
    en: `${first.name} ${month.en}${others.length > 0 ? ` and ${others.length} more` : ''}`,
  };
}

const movementReasons: Readonly<Record<string, Words>> = {
  paid: { zh: '预存充值', en: 'Paid ahead' },
  desk: { zh: '预存充值（前台）', en: 'Paid ahead at the desk' },
  publish: { zh: '自动抵缴', en: 'Used by itself for' },
  'by-hand': { zh: '工作人员抵缴', en: 'Used by the office for' },
  'by-resident': { zh: '用余额缴', en: 'Used for' },
  'run-voided': { zh: '账单作废退回', en: 'Given back, the bill was voided:' },
  refund: { zh: '预存退款', en: 'Refunded' },
};

/** Why a balance changed: 自动抵缴 物业费 2026年11月. */
export function movementText(reason: string, line: TitledLine | undefined): Words {
  const words = movementReasons[reason] ?? { zh: '余额变动', en: 'Balance changed' };
  if (!line) return words;
  const month = monthWords(line.month);
  return { zh: `${words.zh} ${line.name} ${month.zh}`, en: `${words.en} ${line.name} ${month.en}` };
}

/** Why a payment ended without money, for whoever began it. */
const closeWords: Readonly<Record<string, Words>> = {
  expired: {
    zh: '超过支付时间，已取消，没有扣款',
    en: 'Not paid in time; cancelled, nothing was charged',
  },
  'taken-over': {
    zh: '改用其他方式支付，这一笔已取消，没有扣款',
    en: 'Paid another way instead; this one was cancelled, nothing was charged',
  },
  'other-amount': {
    zh: '实付金额与应付不符，物业公司正在核对',
    en: 'Another amount came than was due; the office is looking at it',
  },
  refused: {
    zh: '支付渠道没有受理，没有扣款',
    en: 'The payment channel refused; nothing was charged',
  },
};

export function closedText(reason: string | null): Words {
  const unknown = { zh: '已取消，没有扣款', en: 'Cancelled; nothing was charged' };
  return closeWords[reason ?? ''] ?? unknown;
}
