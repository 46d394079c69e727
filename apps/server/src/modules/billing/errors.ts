import { defineErrors } from '../../platform/errors.ts';

export const billingErrors = defineErrors({
  RUN_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该出账批次（已放弃的草稿不再保留），请刷新列表',
    en: 'There is no such bill run; a discarded draft is gone. Please reload the list',
  },
  RUN_EMPTY: {
    status: 409,
    retry: false,
    zh: '{month} 没有可出的账单：{reasons}',
    en: 'There is nothing to bill for {month}: {reasonsEn}',
  },
  RUN_MONTH_OUT_OF_RANGE: {
    status: 400,
    retry: false,
    zh: '出账月份须在 {first} 至 {last} 之间',
    en: 'The month must lie between {first} and {last}',
  },
  RUN_COMMUNITY_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该小区，请重新选择',
    en: 'There is no such community; please choose again',
  },
  RUN_BILLED_MEANWHILE: {
    status: 409,
    retry: true,
    zh: '同一期账单刚由另一次出账生成，请重试',
    en: 'Another run has just billed the same period; please try again',
  },
  RUN_STATE_WRONG: {
    status: 409,
    retry: false,
    zh: '该批次当前状态为「{state}」，不能{action}',
    en: 'The run is {stateEn}, so it cannot be {actionEn}',
  },
  RUN_BILLS_PAID: {
    status: 409,
    retry: false,
    zh: '该批次已有 {count} 张账单收款，不能整批作废；例如：{examples}',
    en: '{count} bills of the run have been paid, so it cannot be voided; for example: {examples}',
  },
  RUN_BILLS_HELD: {
    status: 409,
    retry: true,
    zh: '有 {count} 张账单正在支付中，请等支付结束后再作废；例如：{examples}',
    en: '{count} bills are being paid right now; please void the run when that has ended: {examples}',
  },
  BILL_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该账单',
    en: 'There is no such bill',
  },
});
