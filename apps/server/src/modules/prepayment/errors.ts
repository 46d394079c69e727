import { defineErrors } from '../../platform/errors.ts';

export const prepaymentErrors = defineErrors({
  PREPAYMENT_TOO_SMALL: {
    status: 409,
    retry: false,
    zh: '预存余额可用 {free} 元，不足 {wanted} 元，请刷新后重试',
    en: 'The prepaid balance has {free} yuan to use, not {wanted}; please reload and try again',
  },
  PREPAYMENT_UNIT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该房屋，请重新选择',
    en: 'There is no such unit; please choose again',
  },
});
