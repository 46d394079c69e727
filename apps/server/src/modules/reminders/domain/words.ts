import type { ReminderReason, ReminderState, ReminderVia } from '@wuye-pay/contract';

export const stateWords: Readonly<Record<ReminderState, string>> = {
  planned: '已计划',
  queued: '待发送',
  released: '已发送',
  failed: '发送失败',
  dropped: '未发送',
  'to-print': '待打印',
  printed: '已打印',
};

export const reasonWords: Readonly<Record<ReminderReason, string>> = {
  paid: '已缴清',
  disputed: '账单有争议',
  paused: '已承诺缴费',
  'below-minimum': '低于起催金额',
  cap: '已达次数上限',
  'no-contact': '没有联系方式',
  'opted-out': '住户已关闭',
  replaced: '已有更新的提醒',
  'plan-paused': '计划已暂停',
  'out-of-date': '已过时间',
  'moved-out': '已不是住户',
};

export const viaWords: Readonly<Record<ReminderVia, string>> = {
  'wechat-subscription': '微信订阅消息',
  'alipay-message': '支付宝消息',
  push: 'App推送',
  sms: '短信',
  email: '邮件',
};

export function stepWords(days: number): string {
  if (days === 0) return '到期当天';
  return days < 0 ? `到期前${-days}天` : `到期后${days}天`;
}
