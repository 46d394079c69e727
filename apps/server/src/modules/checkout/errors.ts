import { defineErrors } from '../../platform/errors.ts';

export const checkoutErrors = defineErrors({
  CART_WRONG: {
    status: 400,
    retry: false,
    zh: '请选择要缴的账单，或填写预存金额（二选一）',
    en: 'Please choose bills, or an amount to pay ahead; not both and not neither',
  },
  CART_CHANGED: {
    status: 409,
    retry: false,
    zh: '所选账单已变化（可能刚刚缴清），请刷新后再试',
    en: 'The chosen bills have changed, perhaps they were just paid; please reload',
  },
  WAY_NOT_HERE: {
    status: 409,
    retry: false,
    zh: '这种支付方式暂时不可用，请返回重新选择',
    en: 'This way to pay is not available now; please go back and choose again',
  },
  WALLET_NOT_LINKED: {
    status: 409,
    retry: false,
    zh: '钱包身份已失效，请重新登录后再支付',
    en: 'The wallet is not known here any more; please sign in again, then pay',
  },
  CODES_TOO_OFTEN: {
    status: 429,
    retry: true,
    zh: '无效的二维码打开得太多，请十分钟后再试',
    en: 'Too many unknown codes were opened; please try again in ten minutes',
  },
  CHECKOUT_TOO_OFTEN: {
    status: 429,
    retry: true,
    zh: '点得太快了，请一分钟后再试',
    en: 'That was too often; please try again in a minute',
  },
});
