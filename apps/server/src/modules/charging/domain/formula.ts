import { decimal, decimalText } from '@wuye-pay/money';
import { type Bilingual, ruleText } from './explain.ts';
import type { TariffTerms } from './tariff.ts';
import type { AreaBasis } from './terms.ts';

const areaText: Record<AreaBasis, Bilingual> = {
  built: { zh: '建筑面积', en: 'built area' },
  inner: { zh: '套内面积', en: 'inner area' },
  chargeable: { zh: '计费面积', en: 'chargeable area' },
};

/** 「建筑面积 × 2.85 元/㎡·月，每 1 个月一期，四舍五入到分」: how a screen says a tariff. */
export function formulaOf(terms: TariffTerms): Bilingual {
  const price = decimalText(decimal(terms.price));
  const surcharge = decimalText(decimal(terms.surcharge));
  const area = terms.areaBasis === null ? null : areaText[terms.areaBasis];
  const more = surcharge === '0' ? null : surcharge;
  const rule = ruleText({
    mode: terms.roundingMode,
    unit: terms.roundingUnit,
    point: terms.roundingPoint,
  });
  const eachMonth = terms.roundingPoint === 'month' && terms.periodMonths > 1;
  return {
    zh:
      (area ? `${area.zh} × ${price} 元/㎡·月` : `${price} 元/月`) +
      (more ? ` + 附加费 ${more} 元/月` : '') +
      `，每 ${terms.periodMonths} 个月一期，${eachMonth ? '每月' : ''}${rule.zh}`,
    en:
      (area ? `${area.en} × ${price} per m² and month` : `${price} a month`) +
      (more ? ` + surcharge ${more} a month` : '') +
      `, periods of ${terms.periodMonths} ${terms.periodMonths === 1 ? 'month' : 'months'}, ` +
      `${eachMonth ? 'each month ' : ''}${rule.en}`,
  };
}
