const zh = {
  pay: '确认支付',
  none: '请至少勾选一项',
  reload: '刷新账单',
  opening: '正在打开微信支付…',
  ordering: '微信支付还没有应答，正在重试，请勿关闭页面。若仍未打开，请再点一次',
  confirming: '正在确认，请勿重复支付',
  cancel: '未扣款，可重新支付',
  unpaid: '这笔支付已关闭，没有扣款。请刷新账单，看是否已由他人缴清',
  late: '这笔支付已关闭。若已扣款，请勿重复支付，物业公司会核对处理',
  fail: '支付没有完成，可重新支付。若已扣款，请勿重复支付，本页会自动更新',
  missing: '微信支付没有就绪，请关闭本页后重新扫码',
  offline: '网络不通，所选账单已保留，请重试',
};
const en: typeof zh = {
  pay: 'Pay',
  none: 'Tick at least one bill',
  reload: 'Reload the bills',
  opening: 'Opening WeChat Pay…',
  ordering: 'WeChat Pay has not answered yet; trying again. If nothing opens, tap once more',
  confirming: 'Confirming, please do not pay again',
  cancel: 'Nothing was charged; you can pay again',
  unpaid: 'Closed; nothing was charged. Reload to see whether somebody else has paid',
  late: 'This payment was closed. If you were charged, do not pay again: staff will look into it',
  fail: 'Not completed; you can pay again. If you were charged, do not: this page will update',
  missing: 'WeChat Pay is not ready; please close this page and scan again',
  offline: 'No network. Your choice is kept; please try again',
};

export const texts = document.documentElement.lang === 'en' ? en : zh;
