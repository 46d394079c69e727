export const zh = {
  title: '报事',
  new: '我要报事',
  nothing: '还没有报事',
  nothingHint: '报修、投诉、缴费疑问都可以在这里告诉物业。',
  more: '更多',
};
