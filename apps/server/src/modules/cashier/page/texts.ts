import type { Wallet } from '../domain/wallet.ts';

type Language = 'zh' | 'en';

const zh = {
  title: '物业缴费',
  owner: '业主',
  guard: '请核对小区、房号与业主，以免错缴',
  large: '长辈版',
  normal: '标准版',
  otherLanguage: 'English',
  bills: (count: number) => `待缴账单（${count} 项）`,
  why: '为什么是这个金额',
  dueBy: (day: string) => `${day}前`,
  overdue: '⚠ 已逾期',
  pay: '确认支付',
  payee: (company: string) => `收款方：${company}`,
  noScript: '请打开浏览器的 JavaScript 后刷新',
  held: '有人正在支付其中的账单。您仍可支付，系统会先核对，不会重复扣款。',
  nothingDue: '没有待缴账单',
  nothingDueHint: '谢谢，您的费用已全部缴清。',
  noWallet: '物业公司尚未开通微信支付，请到前台缴费。',
  scanTitle: '用微信扫码缴费',
  scanHint: '请打开微信“扫一扫”，扫描下面的二维码。',
  demoWallet: '用模拟微信打开（演示）',
  total: '合计',
  receipt: '缴费收据',
  paid: '✓ 支付成功',
  confirming: '正在确认，请勿重复支付',
  confirmingHint: '银行还没有给出结果，稍后刷新本页即可看到。',
  unpaid: '这笔支付已关闭，没有扣款。',
  payeeName: '收款方',
  paymentNo: '支付单号',
  tradeNo: '微信支付单号',
  paidAt: '支付时间',
  room: '房屋',
  amount: '金额',
  back: '返回账单',
  reload: '刷新',
  surplus: (amount: string) => `其中 ${amount} 在您支付时已由他人付清，物业将退还或转为预存。`,
  walletFailed: '微信没有确认您的身份，请关闭本页后重新扫码。',
  tryAgain: '再试一次',
  instructions: {
    wecom: '企业微信暂不能在此缴费，请用微信扫码。',
    'mini-program': '小程序内暂不能在此缴费，请用微信“扫一扫”直接扫码。',
    alipay: '支付宝即将开通，现在请用微信扫码缴费。',
    'union-pay': '云闪付即将开通，现在请用微信扫码缴费。',
    browser: '请打开微信“扫一扫”，扫描下面的二维码。',
    wechat: '',
  } satisfies Record<Wallet, string> as Record<Wallet, string>,
};

const en: typeof zh = {
  title: 'Property fees',
  owner: 'Owner',
  guard: 'Please check community, door and owner before you pay',
  large: 'Large type',
  normal: 'Standard',
  otherLanguage: '中文',
  bills: (count) => `Bills to pay (${count})`,
  why: 'Why this amount',
  dueBy: (day) => `due ${day}`,
  overdue: '⚠ Overdue',
  pay: 'Pay',
  payee: (company) => `Payee: ${company}`,
  noScript: 'Please switch JavaScript on and reload',
  held: 'Somebody is paying some of these. You may still pay: we check first, nobody pays twice.',
  nothingDue: 'Nothing to pay',
  nothingDueHint: 'Thank you, everything is settled.',
  noWallet: 'WeChat Pay is not set up yet; please pay at the front desk.',
  scanTitle: 'Scan with WeChat to pay',
  scanHint: 'Open Scan in WeChat and scan the code below.',
  demoWallet: 'Open in the simulated WeChat (demo)',
  total: 'Total',
  receipt: 'Receipt',
  paid: '✓ Paid',
  confirming: 'Confirming, please do not pay again',
  confirmingHint: 'The bank has not answered yet; reload this page in a moment.',
  unpaid: 'This payment was closed; nothing was charged.',
  payeeName: 'Payee',
  paymentNo: 'Payment no.',
  tradeNo: 'WeChat Pay no.',
  paidAt: 'Paid at',
  room: 'Home',
  amount: 'Amount',
  back: 'Back to the bills',
  reload: 'Reload',
  surplus: (amount) => `${amount} of it had just been paid by somebody else and will be returned.`,
  walletFailed: 'WeChat did not confirm who you are; please close this page and scan again.',
  tryAgain: 'Try again',
  instructions: {
    wecom: 'WeCom cannot pay here yet; please scan with WeChat.',
    'mini-program': 'A mini-program cannot pay here yet; please scan with WeChat itself.',
    alipay: 'Alipay is coming; for now please scan with WeChat.',
    'union-pay': 'UnionPay is coming; for now please scan with WeChat.',
    browser: 'Open Scan in WeChat and scan the code below.',
    wechat: '',
  },
};

export type Texts = typeof zh;

export function textsOf(language: Language): Texts {
  return language === 'zh' ? zh : en;
}

/** "11月30日" and "30 Nov 2026". */
export function dayText(day: string, language: Language): string {
  const [year = '', month = '1', date = '1'] = day.split('-');
  if (language === 'zh') return `${Number(month)}月${Number(date)}日`;
  return `${Number(date)} ${englishMonths[Number(month) - 1]} ${year}`;
}

/** "2026年11月", or both ends of a longer period. */
export function periodText(start: string, end: string, language: Language): string {
  const [from, to] = [monthText(start, language), monthText(end, language)];
  return from === to ? from : `${from} – ${to}`;
}

function monthText(day: string, language: Language): string {
  const [year = '', month = '1'] = day.split('-');
  if (language === 'zh') return `${year}年${Number(month)}月`;
  return `${englishMonths[Number(month) - 1]} ${year}`;
}

const englishMonths = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
