import { defineErrors } from '../../platform/errors.ts';

export const paymentErrors = defineErrors({
  PAYMENT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该笔支付',
    en: 'There is no such payment',
  },
  CASE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该挂账',
    en: 'There is no such suspense case',
  },
  BILLS_NOT_PAYABLE: {
    status: 409,
    retry: false,
    zh: '所选账单已付清或已作废，请刷新后再试',
    en: 'Some of these bills are settled or void; please reload the page',
  },
  BILLS_OF_ANOTHER_UNIT: {
    status: 400,
    retry: false,
    zh: '所选账单不属于该房屋，请刷新后再试',
    en: 'These bills belong to another unit; please reload the page',
  },
  TOO_MANY_BILLS: {
    status: 400,
    retry: false,
    zh: '一次最多支付 {most} 张账单，请分次支付',
    en: 'At most {most} bills can be paid at once; please pay in parts',
  },
  BILLS_OF_TWO_ACCOUNTS: {
    status: 409,
    retry: false,
    zh: '所选账单收入不同的商户号，请分笔支付',
    en: 'These bills go to different merchant accounts; please pay them one by one',
  },
  PAYMENT_IN_PROGRESS: {
    status: 409,
    retry: true,
    zh: '他人正在支付，请稍后再试',
    en: 'Somebody else is paying these bills right now; please try again in a moment',
  },
  BILLS_JUST_PAID: {
    status: 409,
    retry: false,
    zh: '这些账单刚刚已由他人付清，请刷新查看',
    en: 'Somebody else has just paid these bills; please reload the page',
  },
  TAKEOVER_TOO_OFTEN: {
    status: 429,
    retry: true,
    zh: '您已多次尝试接手他人的支付，请十分钟后再试',
    en: 'You have tried to take over too often; please try again in ten minutes',
  },
  CHANNEL_NOT_CONFIGURED: {
    status: 409,
    retry: false,
    zh: '物业公司尚未开通微信支付，请到前台缴费',
    en: 'WeChat Pay is not set up yet; please pay at the front desk',
  },
  CHANNEL_REFUSED: {
    status: 502,
    retry: true,
    zh: '微信支付没有接受这笔订单（{code}），请稍后再试或到前台缴费',
    en: 'WeChat Pay did not accept the order ({code}); please try again later or pay at the desk',
  },
  PAYER_REQUIRED: {
    status: 400,
    retry: false,
    zh: '没有取得您的微信身份，请重新扫码',
    en: 'Your WeChat identity is missing; please scan the code again',
  },
  DESK_AMOUNT_DIFFERS: {
    status: 409,
    retry: false,
    zh: '应收 {expected} 元，与填写的 {given} 元不一致，请刷新后核对',
    en: '{expected} yuan is due, not {given}; please reload and check',
  },
});
