export const zh = {
  title: '设置',
  elder: '长辈版',
  elderHint: '字大、按钮大、内容少',
  notifications: '消息通知',
  notificationsHint: '想收到哪些消息、用什么方式',
  size: '字号',
  'size.usual': '标准',
  'size.large': '大',
  'size.larger': '特大',
  'size.largest': '最大',
  language: '语言 Language',
};
