export const zh = {
  title: '邮箱',
  now: '现在的邮箱',
  none: '还没有邮箱',
  hint: '邮箱只用来接收账单和收据，不能用来登录。',
  prove: '确认邮箱',
  remove: '删除邮箱',
  removeTitle: '删除邮箱？',
  removeWhat: '以后不再向 {{email}} 发送任何消息。',
};
