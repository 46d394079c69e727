export const zh = {
  title: '缴费',
  noHome: '还没有绑定房屋',
  noHomeHint: '绑定房屋后，这里会列出待缴的账单。',
};
