export const zh = {
  title: '账单明细',
  why: '为什么是这个金额',
  sums: '还要缴多少',
  amount: '账单金额',
  paid: '已缴',
  fromBalance: '其中用预存余额缴',
  waived: '已减免',
  open: '待缴',
  published: '账单发布于 {{at}}',
  dispute: '对这张账单有异议',
};
