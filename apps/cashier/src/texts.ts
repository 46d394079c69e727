/** What the wallet, or the chosen way to pay, is called. */
const wallet = document.forms[0]?.dataset.wallet ?? '';

const zh = () => ({
  pay: '确认支付',
  none: '请至少勾选一项',
  reload: '刷新账单',
  first: (count: number) => `（共 ${count} 笔，先付这一笔）`,
  opening: `正在打开${wallet}…`,
  ordering: `${wallet}还没有应答，正在重试，请勿关闭页面。若仍未打开，请再点一次`,
  confirming: '正在确认，请勿重复支付',
  cancel: '未扣款，可重新支付',
  unpaid: '这笔支付已关闭，没有扣款。请刷新账单，看是否已由他人缴清',
  late: '这笔支付已关闭。若已扣款，请勿重复支付，物业公司会核对处理',
  fail: '支付没有完成，可重新支付。若已扣款，请勿重复支付，本页会自动更新',
  missing: `${wallet}没有就绪，请关闭本页后重新扫码`,
  offline: '网络不通，所选账单已保留，请重试',
});
// Functions, so that the build can leave out the language that the page is not in.
const en = (): ReturnType<typeof zh> => ({
  pay: 'Pay',
  none: 'Tick at least one bill',
  reload: 'Reload the bills',
  first: (count) => ` (first of ${count})`,
  opening: `Opening ${wallet}…`,
  ordering: `${wallet} has not answered yet; trying again. If nothing opens, tap once more`,
  confirming: 'Confirming, please do not pay again',
  cancel: 'Nothing was charged; you can pay again',
  unpaid: 'Closed; nothing was charged. Reload to see whether somebody else has paid',
  late: 'This payment was closed. If you were charged, do not pay again: staff will look into it',
  fail: 'Not completed; you can pay again. If you were charged, do not: this page will update',
  missing: `${wallet} is not ready; please close this page and scan again`,
  offline: 'No network. Your choice is kept; please try again',
});

export const texts = LANGUAGE === 'en' ? en() : zh();
