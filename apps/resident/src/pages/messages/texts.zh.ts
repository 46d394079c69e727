export const zh = {
  title: '提醒消息',
  empty: '还没有提醒',
  emptyHint: '账单快到期时，给您的提醒会留在这里。',
  toBills: '看账单',
  unread: '新',
  owed: '待缴',
  settled: '已缴清',
  dueOn: '{day}到期',
  said: '提醒时欠 {amount}',
  more: '更早的提醒',
};
