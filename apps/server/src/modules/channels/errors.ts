import { defineErrors } from '../../platform/errors.ts';

export const channelsErrors = defineErrors({
  MERCHANT_ACCOUNT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该商户号，请刷新列表',
    en: 'The merchant account was not found; please reload the list',
  },
  MERCHANT_ACCOUNT_EXISTS: {
    status: 409,
    retry: false,
    zh: '该商户号与 AppID 已登记，请直接修改原来的一条',
    en: 'This merchant number and app id are registered already; please change that entry',
  },
  MERCHANT_ACCOUNT_INVALID: {
    status: 400,
    retry: false,
    zh: '商户号的资料有误，请按提示修改',
    en: 'The merchant account is not valid; please correct the fields named',
  },
  MANDATES_NOT_OFFERED: {
    status: 409,
    retry: false,
    zh: '这个收款账户不支持代扣，请换一个支付渠道',
    en: 'This merchant account cannot debit; please choose another channel',
  },
  MANDATE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该代扣签约',
    en: 'There is no such mandate',
  },
  MANDATE_NOT_ACTIVE: {
    status: 409,
    retry: false,
    zh: '代扣签约还没有生效或已经终止，不能扣款',
    en: 'The mandate is not signed yet or was ended; nothing can be debited',
  },
  MANDATE_LIMIT: {
    status: 409,
    retry: false,
    zh: '扣款金额超过付款人同意的上限，请付款人重新签约或当面支付',
    en: 'The amount is more than the payer agreed to; ask for a new mandate or another payment',
  },
});
