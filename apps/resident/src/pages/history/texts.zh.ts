export const zh = {
  title: '缴费记录',
  home: '房屋',
  allHomes: '全部房屋',
  empty: '还没有缴费记录',
  emptyHint: '缴费后，每一笔都会列在这里，可随时查看收据。',
  toBills: '去缴费页',
  more: '查看更早的记录',
  'state.open': '等待支付',
  'state.processing': '正在确认',
  'state.closed': '已关闭，没有扣款',
  refunded: '已退 {{amount}}',
};
