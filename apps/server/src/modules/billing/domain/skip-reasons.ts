import type { SkipReason } from '@wuye-pay/contract';
import type { Bilingual } from '../../charging/index.ts';

/** What each reason means and what to do about it, as the list of skipped units shows it. */
export const skipReasonText: Readonly<Record<SkipReason, Bilingual>> = {
  already_billed: { zh: '本期已出账', en: 'billed for this period already' },
  no_area: {
    zh: '缺少收费标准所用的面积，请在房屋资料中补录',
    en: 'has no area of the kind that the tariff uses; please add it to the unit',
  },
  no_tariff: {
    zh: '本期首日没有生效的收费标准，请新增版本',
    en: 'no version of the tariff is in force on the first day; please add one',
  },
  unit_retired: { zh: '房屋已停用', en: 'the unit is retired' },
  not_moved_in: {
    zh: '交付（入住）日期在本期首日之后，从下一期起收费',
    en: 'moved in after the first day; billed from the next period',
  },
  zero_amount: { zh: '金额为 0，不出账', en: 'the amount is 0' },
  amount_too_large: {
    zh: '金额超过 1 亿元，请检查单价与面积',
    en: 'the amount exceeds 100 million yuan; please check price and area',
  },
  starts_later: {
    zh: '收费分配在本期首日之后才开始',
    en: 'the assignment begins after the first day',
  },
  ended: { zh: '收费分配已结束', en: 'the assignment has ended' },
  not_assigned: {
    zh: '房屋没有分配任何收费标准',
    en: 'the unit is assigned to no tariff at all',
  },
};
