const zh = {
  title: '收 据',
  no: '收据编号',
  room: '房屋',
  owner: '业主',
  paidAt: '交款时间',
  method: '支付方式',
  paymentNo: '支付单号',
  tradeNo: '渠道交易号',
  total: '合计',
  capitals: '人民币大写',
  payee: '收款单位',
  office: '物业电话',
  refunded: (amount: string) => `本收据款项已退还 ${amount}`,
  check: '扫码或打开网址核验真伪',
  note: '本收据为收款凭证，不能代替发票。',
};
type Texts = typeof zh;
const en: Texts = {
  title: 'RECEIPT',
  no: 'Receipt no.',
  room: 'Home',
  owner: 'Owner',
  paidAt: 'Paid at',
  method: 'Way of paying',
  paymentNo: 'Payment no.',
  tradeNo: 'Channel trade no.',
  total: 'Total',
  capitals: 'In words (Chinese)',
  payee: 'Payee',
  office: 'Office',
  refunded: (amount) => `${amount} of this receipt has been refunded`,
  check: 'Scan, or open the address, to check that it is genuine',
  note: 'This receipt confirms a payment; it is not a tax invoice.',
};

export const receiptTexts: Readonly<Record<'zh' | 'en', Texts>> = { zh, en };
