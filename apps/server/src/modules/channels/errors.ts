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
  CHANNEL_CHANGE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这项渠道修改，请刷新列表',
    en: 'There is no such change of channels; please reload the list',
  },
  CHANNEL_CHANGE_DECIDED: {
    status: 409,
    retry: false,
    zh: '这项修改已经处理过了，请刷新后查看结果',
    en: 'This change was decided already; please reload to see how',
  },
  CHANNEL_CHANGE_OWN: {
    status: 409,
    retry: false,
    zh: '不能审批自己提交的修改，请另一位有审批权限的同事处理',
    en: 'You proposed this change; another person must decide on it',
  },
  CHANNEL_CHANGE_NOT_OWN: {
    status: 409,
    retry: false,
    zh: '只有提交人可以撤回这项修改',
    en: 'Only the person who proposed this change can withdraw it',
  },
  CHANNEL_CHANGE_PENDING: {
    status: 409,
    retry: false,
    zh: '已有一项修改在等待审批，请先处理它',
    en: 'Another change of the same is waiting for approval; please decide on it first',
  },
  CHANNEL_CHANGE_EMPTY: {
    status: 400,
    retry: false,
    zh: '没有任何改动',
    en: 'Nothing would change',
  },
  CHANNEL_CHANGE_NO_TEST: {
    status: 409,
    retry: false,
    zh: '这项修改不涉及商户号，没有可以测试的',
    en: 'This change is not about a merchant account; there is nothing to test',
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这条收款路由，请刷新列表',
    en: 'There is no such routing rule; please reload the list',
  },
  ROUTE_INVALID: {
    status: 400,
    retry: false,
    zh: '收款路由有误，请按提示修改',
    en: 'The routing rule is not valid; please correct the fields named',
  },
  ROUTE_EXISTS: {
    status: 409,
    retry: false,
    zh: '已有条件和商户号相同的收款路由，请直接修改那一条',
    en: 'There is a rule with the same conditions and account; please change that one',
  },
  STATEMENT_NOT_THERE: {
    status: 409,
    retry: true,
    zh: '这一天的对账单现在拿不到：{reason}',
    en: 'The statement of this day cannot be had now: {reason}',
  },
});
