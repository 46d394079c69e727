import { defineErrors } from '../../platform/errors.ts';

export const autopayErrors = defineErrors({
  AUTOPAY_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该代扣',
    en: 'There is no such autopay',
  },
  AUTOPAY_NOT_OFFERED: {
    status: 409,
    retry: false,
    zh: '所选费用不能用这个钱包代扣，请返回重新选择',
    en: 'These charges cannot be debited from this wallet; please go back and choose again',
  },
  AUTOPAY_TAKEN: {
    status: 409,
    retry: false,
    zh: '「{item}」已由同住人开通代扣，请去掉这一项，或请对方先停止',
    en: 'Somebody of the home already pays “{item}” by autopay; leave it out, or ask them to stop',
  },
  AUTOPAY_LIMITS_WRONG: {
    status: 400,
    retry: false,
    zh: '单笔上限不能高于每月上限，请修改',
    en: 'The limit per debit cannot be higher than the one per month; please change it',
  },
  AUTOPAY_RAISE: {
    status: 409,
    retry: false,
    zh: '上限最高只能改到签约时的金额；要调高，请重新签约',
    en: 'Limits can be raised up to what was signed only; to go higher, please sign again',
  },
  AUTOPAY_FIRST_DAY: {
    status: 400,
    retry: false,
    zh: '首次扣款日须在 {from} 至 {to} 之间，请重新选择',
    en: 'The first debit can be from {from} to {to}; please choose another day',
  },
  AUTOPAY_REFUSED: {
    status: 502,
    retry: true,
    zh: '钱包没有受理签约：{reason}。请稍后再试，或联系物业',
    en: 'The wallet did not take the request: {reason}. Try again later or ask the management',
  },
  AUTOPAY_UNCLEAR: {
    status: 502,
    retry: true,
    zh: '钱包暂时没有回应，请稍后再试',
    en: 'The wallet does not answer at the moment; please try again later',
  },
  AUTOPAY_OVER: {
    status: 409,
    retry: false,
    zh: '该代扣已停止，不能再修改；需要时请重新签约',
    en: 'This autopay has ended and cannot be changed; sign again if you need it',
  },
  AUTOPAY_DEBIT_STARTED: {
    status: 409,
    retry: false,
    zh: '这笔扣款已经开始或已经结束，不能跳过，请刷新查看结果',
    en: 'This debit has started or is over and cannot be skipped; please reload',
  },
  AUTOPAY_NOT_SKIPPED: {
    status: 409,
    retry: false,
    zh: '这笔扣款没有被跳过，无须撤销，请刷新查看',
    en: 'This debit is not skipped, there is nothing to take back; please reload',
  },
  AUTOPAY_COMMUNITY_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该小区',
    en: 'There is no such community',
  },
  AUTOPAY_RULE_WRONG: {
    status: 400,
    retry: false,
    zh: '按出账日扣款时天数不能为负，请修改',
    en: 'Counted from the day of publishing, the days cannot be negative; please change them',
  },
});
