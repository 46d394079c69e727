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
});
