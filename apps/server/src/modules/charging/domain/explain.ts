import {
  decimal,
  decimalText,
  type Fen,
  type RoundingMode,
  type RoundingUnit,
  roundYuan,
  yuanText,
} from '@wuye-pay/money';
import { amountOf, monthlyYuan } from './amount.ts';
import type { AmountInputs, Rounding } from './terms.ts';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/**
 * How an amount came about, in the words of a bill:
 * 「89.37 ㎡ × 2.85 元/㎡·月 × 1 个月 = 254.70 元（四舍五入到分）」.
 * It tells the rule that the inputs give, never the amount that was stored: a stored amount that
 * differs from it is a defect that anybody can see.
 */
export function explain(inputs: AmountInputs): Bilingual {
  const amount = amountOf(inputs);
  return inputs.rounding.point === 'month' && inputs.months > 1
    ? explainByMonth(inputs, amount)
    : explainOnce(inputs, amount);
}

function explainOnce(inputs: AmountInputs, amount: Fen): Bilingual {
  const rule = ruleText(inputs.rounding);
  const base = baseText(inputs, true);
  const months = monthsText(inputs.months);
  return {
    zh: `${base.zh} × ${months.zh} = ${yuanText(amount)} 元（${rule.zh}）`,
    en: `${base.en} × ${months.en} = ${yuanText(amount)}, ${rule.en}`,
  };
}

function explainByMonth(inputs: AmountInputs, amount: Fen): Bilingual {
  const rule = ruleText(inputs.rounding);
  const base = baseText(inputs, false);
  const months = monthsText(inputs.months);
  const { mode, unit } = inputs.rounding;
  const monthly = yuanText(roundYuan(monthlyYuan(inputs), mode, unit));
  return {
    zh:
      `${base.zh} = ${monthly} 元/月（每月${rule.zh}），` +
      `${monthly} 元 × ${months.zh} = ${yuanText(amount)} 元`,
    en:
      `${base.en} = ${monthly} a month, each month ${rule.en}; ` +
      `${monthly} × ${months.en} = ${yuanText(amount)}`,
  };
}

/** Area × price + surcharge; in brackets where something is multiplied after a sum. */
function baseText(inputs: AmountInputs, multiplied: boolean): Bilingual {
  const price = decimalText(decimal(inputs.price));
  const surcharge = decimalText(decimal(inputs.surcharge));
  const area = inputs.areaM2 === null ? null : decimalText(decimal(inputs.areaM2));
  const zh = area === null ? `${price} 元/月` : `${area} ㎡ × ${price} 元/㎡·月`;
  const en = area === null ? `${price} a month` : `${area} m² × ${price}`;
  if (surcharge === '0') return { zh, en };
  const sum = { zh: `${zh} + 附加费 ${surcharge} 元/月`, en: `${en} + surcharge ${surcharge}` };
  return multiplied ? { zh: `（${sum.zh}）`, en: `(${sum.en})` } : sum;
}

function monthsText(months: number): Bilingual {
  return { zh: `${months} 个月`, en: `${months} ${months === 1 ? 'month' : 'months'}` };
}

const modeText: Record<RoundingMode, Bilingual> = {
  'half-up': { zh: '四舍五入', en: 'half up' },
  'half-even': { zh: '四舍六入五成双', en: 'half even' },
  up: { zh: '进一法', en: 'rounded up' },
  down: { zh: '舍去尾数', en: 'rounded down' },
};
const unitText: Record<RoundingUnit, Bilingual> = {
  fen: { zh: '分', en: '' },
  jiao: { zh: '角', en: ' to jiao (0.10)' },
  yuan: { zh: '元', en: ' to whole yuan' },
};

/** 「四舍五入到分」, "half up". */
export function ruleText({ mode, unit }: Rounding): Bilingual {
  return {
    zh: `${modeText[mode].zh}到${unitText[unit].zh}`,
    en: `${modeText[mode].en}${unitText[unit].en}`,
  };
}
