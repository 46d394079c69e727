import { defineErrors } from '../../platform/errors.ts';

export const cashierErrors = defineErrors({
  ROOM_CODE_UNKNOWN: {
    status: 404,
    retry: false,
    zh: '没有这个二维码，请重新扫描门上的二维码，或联系物业',
    en: 'There is no such code; please scan the code at your door again, or ask the office',
  },
  ROOM_CODE_REPLACED: {
    status: 410,
    retry: false,
    zh: '这个二维码已更换，请扫描新的二维码，或联系物业',
    en: 'This code was replaced; please scan the new one, or ask the office',
  },
  ROOM_CODE_GUESSING: {
    status: 429,
    retry: true,
    zh: '无效的二维码打开得太多，请十分钟后再试',
    en: 'Too many unknown codes were opened; please try again in ten minutes',
  },
  PAYING_TOO_OFTEN: {
    status: 429,
    retry: true,
    zh: '点得太快了，请稍等一分钟再试',
    en: 'That was too often; please wait a minute and try again',
  },
  WALLET_UNKNOWN: {
    status: 401,
    retry: false,
    zh: '没有取得您的付款身份，请重新扫码',
    en: 'It is not known who pays; please scan the code again',
  },
  WAY_CLOSED: {
    status: 409,
    retry: false,
    zh: '这种支付方式刚刚停用，请刷新后换一种方式',
    en: 'This way to pay was just switched off; please reload and choose another one',
  },
  NOTHING_DUE: {
    status: 409,
    retry: false,
    zh: '所选账单已付清，可能已由他人缴纳，请刷新',
    en: 'Nothing is due: somebody else may have paid; please reload',
  },
});
