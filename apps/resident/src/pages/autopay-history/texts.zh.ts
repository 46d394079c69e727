export const zh = {
  title: '扣款和记录',
  debits: '扣款',
  empty: '还没有扣过款',
  emptyHint: '每一次扣款和结果都会记在这里。',
  log: '发生过的事',
  more: '查看更多',
};
