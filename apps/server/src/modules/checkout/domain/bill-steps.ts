import { fen, yuanAmount } from '@wuye-pay/money';

interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface BillFacts {
  readonly tariffName: string;
  readonly areaM2: string | null;
  readonly price: string;
  readonly surcharge: string;
  readonly months: number;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly explanation: Words;
  readonly amountFen: number;
  readonly paidFen: number;
  readonly fromBalanceFen: number;
  readonly waivedFen: number;
  readonly openFen: number;
}

export interface BillStep {
  readonly label: Words;
  readonly value: Words;
}

/** From the tariff to what is left to pay; what is nothing is left out. */
export function billSteps(bill: BillFacts): BillStep[] {
  const { areaM2, price, surcharge, months } = bill;
  const perMonth = areaM2 === null ? '元/月' : '元/㎡·月';
  const perMonthEn = areaM2 === null ? 'yuan a month' : 'yuan per m² and month';
  return [
    step(
      '收费标准',
      'Tariff',
      `${bill.tariffName}，${price} ${perMonth}`,
      `${bill.tariffName}, ${price} ${perMonthEn}`,
    ),
    ...(areaM2 === null ? [] : [step('计费面积', 'Area', `${areaM2} ㎡`, `${areaM2} m²`)]),
    ...(Number(surcharge) === 0
      ? []
      : [step('附加费', 'Surcharge', `${surcharge} 元/月`, `${surcharge} yuan a month`)]),
    step(
      '收费期间',
      'Period',
      `${bill.periodStart} 至 ${bill.periodEnd}，${months} 个月`,
      `${bill.periodStart} to ${bill.periodEnd}, ${months} ${months === 1 ? 'month' : 'months'}`,
    ),
    step('计算', 'Worked out', bill.explanation.zh, bill.explanation.en),
    amount('应收', 'Charged', bill.amountFen),
    ...taken('已缴', 'Paid', bill.paidFen - bill.fromBalanceFen),
    ...taken('预存抵缴', 'From the balance', bill.fromBalanceFen),
    ...taken('减免', 'Taken off', bill.waivedFen),
    amount('还需缴', 'Left to pay', bill.openFen),
  ];
}

function taken(zh: string, en: string, amountFen: number): BillStep[] {
  return amountFen > 0 ? [amount(zh, en, -amountFen)] : [];
}

function amount(zh: string, en: string, amountFen: number): BillStep {
  const text = yuanAmount(fen(amountFen));
  return step(zh, en, text, text);
}

function step(labelZh: string, labelEn: string, zh: string, en: string): BillStep {
  return { label: { zh: labelZh, en: labelEn }, value: { zh, en } };
}
