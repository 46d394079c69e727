import { classOf, outcome, outcomeOf, type RefusalClass } from '../outcome.ts';
import type { Outcome } from '../provider.ts';
import { textOf } from '../transport.ts';

const classes: Readonly<Record<string, RefusalClass>> = {
  '40001': 'account',
  '42001': 'account',
  '40013': 'account',
  '40125': 'account',
  '40164': 'account',
  '48001': 'account',
  '40003': 'recipient',
  '43101': 'recipient',
  '43004': 'recipient',
  '40037': 'content',
  '41030': 'content',
  '47003': 'content',
  '45009': 'account',
  '45011': 'later',
  // Busy: it may have been taken.
  '-1': 'unknown',
};

export const advice = {
  '40001': {
    zh: 'AppSecret 不对或已重置，请重新填写',
    en: 'The app secret is wrong or was reset; please enter it again',
  },
  '40125': { zh: 'AppSecret 不对，请重新填写', en: 'The app secret is wrong' },
  '40013': { zh: 'AppID 不对', en: 'The app id is wrong' },
  '40164': {
    zh: '服务器 IP 不在公众平台的白名单',
    en: 'The address of this server is not on the list of the platform',
  },
  '40003': { zh: '用户标识不属于这个应用', en: 'The user id is not one of this app' },
  '43101': {
    zh: '住户没有同意接收，或同意的次数已用完；会改走下一条通道',
    en: 'The person did not agree, or their consents are used up; the next route is tried',
  },
  '43004': { zh: '住户没有关注公众号', en: 'The person does not follow the account' },
  '40037': { zh: '模板编号不对，或不属于这个应用', en: 'The template id is not one of this app' },
  '41030': { zh: '跳转页面不存在，请核对“打开页面”', en: 'The page to open does not exist' },
  '47003': {
    zh: '模板参数不符合类型要求，请核对“模板”页的变量对应',
    en: 'A value does not fit its key; check the variables on the page of templates',
  },
  '45009': { zh: '已到当日发送上限', en: 'The daily limit is reached' },
  '48001': { zh: '该应用没有这个接口的权限', en: 'The app may not use this interface' },
} as const;

/** @param providerNo what the answer calls the message, where it does */
export function wechatOutcome(
  { status, body }: { status: number; body: Readonly<Record<string, unknown>> | undefined },
  providerNo: string,
): Outcome {
  const code = textOf(body?.['errcode']);
  if (!body || code === '' || status >= 500) return outcome.unknown(`HTTP ${status}`);
  if (code === '0') return outcome.accepted(textOf(body[providerNo]) || null);
  return outcomeOf(classOf(classes, code, 'content'), code, textOf(body['errmsg']));
}
