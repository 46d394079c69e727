import type { Wallet } from '../../../platform/http/index.ts';
import { monthName } from '../../../platform/period-text.ts';

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
  noWallet: '物业公司尚未开通线上支付，请到前台缴费。',
  choose: '选择支付方式',
  otherWay: '换一种支付方式',
  payWith: (label: string, product: string) =>
    product === 'native' ? `用${label}扫码支付` : `用${label}支付`,
  split: (count: number) =>
    `这些费用进入不同的收款账户，需要分 ${count} 笔支付，一笔付完再付下一笔。`,
  partOf: (nth: number, amount: string) => `第 ${nth} 笔：${amount}`,
  payNext: (count: number) => `还有 ${count} 项待缴，继续支付`,
  elsewhere: '以下费用不能用这种方式支付，请换一种方式或到前台缴费：',
  scanTitle: (wallets: readonly string[]) => `用${wallets.join('、')}扫码缴费`,
  scanHint: (wallets: readonly string[]) =>
    `请打开${wallets.join('、')}的“扫一扫”，扫描下面的二维码。`,
  scanToPay: (label: string) => `请用${label}扫码支付`,
  codeWaits: '支付完成后，本页会自动更新。',
  forward: '正在前往支付页面',
  goOn: '继续',
  demoWallet: (label: string) => `用模拟${label}打开（演示）`,
  total: '合计',
  receipt: '缴费收据',
  paid: '✓ 支付成功',
  confirming: '正在确认，请勿重复支付',
  confirmingHint:
    '银行还没有给出结果，本页会自动更新。如果您刚才取消了付款，可返回账单重新支付，系统会先核对，不会重复扣款。',
  unpaid: '这笔支付已关闭，没有扣款。',
  payeeName: '收款方',
  paymentNo: '支付单号',
  tradeNo: '渠道交易号',
  paidAt: '支付时间',
  room: '房屋',
  amount: '金额',
  back: '返回账单',
  reload: '刷新',
  receiptFile: (format: string): string => (format === 'pdf' ? '下载 PDF 收据' : '保存为图片'),
  genuine: '✓ 这是一张真实的收据',
  differs: '这张收据与账目不一致，请联系物业公司核实',
  refunded: (amount: string) => `其中 ${amount} 已退还`,
  receiptNo: '收据编号',
  genuineHint: '请核对房屋、金额与收据编号；三者与您手中的收据一致，收据才有效。',
  surplus: (amount: string) => `其中 ${amount} 在您支付时已由他人付清，物业将退还或转为预存。`,
  walletFailed: '没有确认您的付款身份，请关闭本页后重新扫码。',
  tryAgain: '再试一次',
  cannot: {
    wecom: '企业微信不能在此缴费。',
    'mini-program': '小程序内打开的网页不能缴费。',
    alipay: '物业公司尚未开通支付宝收款。',
    'union-pay': '物业公司尚未开通云闪付收款。',
    wechat: '物业公司尚未开通微信收款。',
    browser: '',
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
  noWallet: 'Online payment is not set up yet; please pay at the front desk.',
  choose: 'Choose how to pay',
  otherWay: 'Pay another way',
  payWith: (label, product) => (product === 'native' ? `${label}: scan a code` : `Pay by ${label}`),
  split: (count) => `These fees go to different accounts: ${count} payments, one after the other.`,
  partOf: (nth, amount) => `Payment ${nth}: ${amount}`,
  payNext: (count) => `${count} more to pay: go on`,
  elsewhere: 'These cannot be paid this way; choose another way or pay at the front desk:',
  scanTitle: (wallets) => `Scan with ${wallets.join(', ')} to pay`,
  scanHint: (wallets) => `Open Scan in ${wallets.join(', ')} and scan the code below.`,
  scanToPay: (label) => `Scan with ${label} to pay`,
  codeWaits: 'This page goes on by itself once it is paid.',
  forward: 'On the way to the payment page',
  goOn: 'Continue',
  demoWallet: (label) => `Open in the simulated ${label} (demo)`,
  total: 'Total',
  receipt: 'Receipt',
  paid: '✓ Paid',
  confirming: 'Confirming, please do not pay again',
  confirmingHint:
    'The bank has not answered yet; this page goes on by itself. If you gave up, go back to the bills and pay again: we check first, nobody pays twice.',
  unpaid: 'This payment was closed; nothing was charged.',
  payeeName: 'Payee',
  paymentNo: 'Payment no.',
  tradeNo: 'Channel no.',
  paidAt: 'Paid at',
  room: 'Home',
  amount: 'Amount',
  back: 'Back to the bills',
  reload: 'Reload',
  receiptFile: (format) => (format === 'pdf' ? 'Receipt as PDF' : 'Keep as a picture'),
  genuine: '✓ This receipt is genuine',
  differs: 'This receipt and the books differ; please ask the property company',
  refunded: (amount) => `${amount} of it has been refunded`,
  receiptNo: 'Receipt no.',
  genuineHint: 'It is valid only if home, amount and number are those of the receipt you hold.',
  surplus: (amount) => `${amount} of it had just been paid by somebody else and will be returned.`,
  walletFailed: 'It is not known who pays; please close this page and scan again.',
  tryAgain: 'Try again',
  cannot: {
    wecom: 'WeCom cannot pay here.',
    'mini-program': 'A page inside a mini-program cannot pay.',
    alipay: 'Alipay is not set up here yet.',
    'union-pay': 'UnionPay is not set up here yet.',
    wechat: 'WeChat Pay is not set up here yet.',
    browser: '',
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
  return `${Number(date)} ${monthName(month)} ${year}`;
}
