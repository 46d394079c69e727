export const zh = {
  title: '余额明细',
  empty: '还没有预存过',
  emptyHint: '预存和用余额缴费的每一笔都会列在这里。',
  after: '余额',
  more: '查看更早的记录',
};
