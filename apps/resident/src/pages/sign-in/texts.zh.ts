export const zh = {
  title: '请先登录',
  hint: '登录后可以查看和缴纳您家的账单。',
};
