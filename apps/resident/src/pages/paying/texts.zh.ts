export const zh = {
  title: '支付结果',
  waiting: '正在确认，请勿重复支付',
  waitingHint: '银行还没有应答，本页会自动更新。如果您已取消支付，不会扣款，可返回缴费页重新支付。',
  paid: '支付成功',
  closed: '没有扣款',
  closedHint:
    '这笔支付已关闭，没有扣款，可以重新支付。若银行提示已扣款，请勿再付，物业公司会核对处理。',
  detail: '查看支付详情',
  autopay: '下次不想自己操作？开通自动代扣',
  done: '完成',
  again: '返回缴费页',
};
