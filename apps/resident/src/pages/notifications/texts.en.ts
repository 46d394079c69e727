import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Notifications',
  'purpose.reminder': 'Reminders to pay',
  'purpose.autopay': 'Autopay (one way always stays)',
  'purpose.feedback': 'News on your requests',
  'purpose.receipt': 'Payments received',
  'via.wechat-subscription': 'WeChat',
  'via.alipay-message': 'Alipay',
  'via.push': 'App push',
  'via.sms': 'SMS',
  'via.email': 'Mail',
};
