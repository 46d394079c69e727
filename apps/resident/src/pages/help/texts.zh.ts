export const zh = {
  title: '帮助',
  search: '搜索，例如：退款',
  nothing: '没有找到',
  nothingHint: '换个说法试试，或在“报事”里问物业。',
  'category.pay': '缴费',
  'category.autopay': '自动代扣',
  'category.papers': '收据、发票与退款',
  'category.home': '房屋与设置',
  'category.trouble': '遇到问题',
};
