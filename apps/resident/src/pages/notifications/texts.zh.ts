export const zh = {
  title: '消息通知',
  'purpose.reminder': '缴费提醒',
  'purpose.autopay': '自动扣款（至少保留一种方式）',
  'purpose.feedback': '报事进展',
  'purpose.receipt': '缴费成功',
  'via.wechat-subscription': '微信',
  'via.alipay-message': '支付宝',
  'via.push': 'App 推送',
  'via.sms': '短信',
  'via.email': '邮件',
};
