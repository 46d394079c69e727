import type { ChannelDescription } from '../description.ts';

const words = (zh: string, en: string) => ({ zh, en });
const where = words('商户钱包开户表“后台通知地址”', 'On the bank’s form');
const pattern = '[0-9A-Za-z-]{1,40}';

export const description: ChannelDescription = {
  name: 'e-cny',
  label: words('数字人民币', 'e-CNY'),
  payerLabel: words('数字人民币', 'e-CNY'),
  color: '#c8102e',
  products: ['h5', 'page', 'native', 'code'],
  modes: [{ mode: 'public-key', label: words('RSA 密钥对', 'RSA key pairs') }],
  mchId: {
    name: 'mchId',
    label: words('数字人民币商户号', 'Merchant number'),
    hint: words('运营机构开户函中的商户号：DC 加 8 位数字', 'DC and 8 digits'),
    pattern: 'DC[0-9]{8}',
  },
  secrets: [
    { name: 'keyId', kind: 'text', label: words('商户密钥编号', 'Id of our key'), pattern },
    { name: 'privateKeyPem', kind: 'pem', label: words('商户私钥', 'Our private key') },
    { name: 'bankKeyId', kind: 'text', label: words('银行公钥编号', 'Id of its key'), pattern },
    { name: 'bankPublicKeyPem', kind: 'pem', label: words('银行公钥', 'The bank’s key') },
  ],
  endpoints: { base: 'https://dcep.bank.example/e-cny/api/v1' },
  guide: [
    words(
      '向数字人民币运营机构（开户银行）申请商户钱包，开通：页面支付、收款码、付款码、退款、对账单。',
      'Ask the bank for a merchant wallet with pages, codes, scanning, refunds and statements.',
    ),
    words(
      '自行生成 2048 位 RSA 密钥对：私钥填在本页，公钥交给银行登记，再把银行给出的编号填在本页。',
      'Make an RSA key pair; enter the private key here and register the public one.',
    ),
    words(
      '向银行索取银行公钥及其编号。银行换钥前会来函：先在这里填好新公钥，旧公钥仍会被接受。',
      'Enter the bank’s key and its id. When the bank announces a new one, enter it first.',
    ),
  ],
  registrations: [
    { label: words('通知地址', 'Notification address'), where, value: '{notifyUrl}' },
  ],
  codePattern: /^01\d{17}$/,
  testWords: {
    OK: words('连接正常，双方签名有效', 'Connected; both signatures are good'),
    NO_CLEAR_ANSWER: words('银行没有给出明确答复，请稍后再试', 'No clear answer; try later'),
    SIGN_INVALID: words('银行不认签名：请核对商户私钥与编号', 'Check our key and its id'),
    KEY_NOT_FOUND: words('银行没有这个密钥编号', 'The bank does not know the id of our key'),
    MERCHANT_NOT_FOUND: words('商户号不存在', 'No such merchant'),
    TIME_INVALID: words('本机时间与银行相差超过 5 分钟', 'The clocks differ by 5 minutes'),
  },
  refundDays: 180,
  partialRefunds: true,
  statements: ['trade'],
};
