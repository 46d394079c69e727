import type { ChannelDescription, SecretField } from '../description.ts';
import { endpoints } from './endpoints.ts';

const secrets: readonly SecretField[] = [
  {
    name: 'pfx',
    kind: 'pem',
    isOptional: true,
    label: { zh: '签名证书文件（.pfx）', en: 'Signing certificate (.pfx)' },
    hint: {
      zh: '上传银联下发的 .pfx 文件（以 Base64 传送）。保存时会取出私钥和证书，文件和密码不保留',
      en: 'The .pfx file, sent as Base64. Key and certificate are taken out of it; the file and its password are not kept',
    },
    modes: ['certificate'],
  },
  {
    name: 'pfxPassword',
    kind: 'secret',
    isOptional: true,
    label: { zh: '证书密码', en: 'Password of the .pfx' },
    hint: { zh: '在 CFCA 下载证书时设置的密码', en: 'Chosen when it was downloaded from CFCA' },
    modes: ['certificate'],
  },
  {
    name: 'privateKeyPem',
    kind: 'pem',
    isOptional: true,
    label: { zh: '签名私钥（PEM）', en: 'Signing key (PEM)' },
    hint: { zh: '已上传 .pfx 时不用填', en: 'Not needed with a .pfx' },
    modes: ['certificate'],
  },
  {
    name: 'certificatePem',
    kind: 'pem',
    isOptional: true,
    label: { zh: '签名证书（PEM）', en: 'Signing certificate (PEM)' },
    hint: { zh: '已上传 .pfx 时不用填', en: 'Not needed with a .pfx' },
    modes: ['certificate'],
  },
  {
    name: 'middlePem',
    kind: 'pem',
    label: { zh: '银联中级证书（acp_prod_middle.cer）', en: 'UnionPay middle certificate' },
    hint: { zh: '在开发包的 certs 文件夹里', en: 'In the folder certs of the development kit' },
    modes: ['certificate'],
  },
  {
    name: 'rootPem',
    kind: 'pem',
    label: { zh: '银联根证书（acp_prod_root.cer）', en: 'UnionPay root certificate' },
    hint: { zh: '在开发包的 certs 文件夹里', en: 'In the folder certs of the development kit' },
    modes: ['certificate'],
  },
  {
    name: 'secureKey',
    kind: 'secret',
    label: { zh: '密钥（signMethod 11）', en: 'Secure key (signMethod 11)' },
    hint: { zh: '由银联或收单机构下发', en: 'Given by UnionPay or the acquirer' },
    pattern: '.{16,128}',
    modes: ['secret-key'],
  },
  {
    name: 'terminalId',
    kind: 'text',
    isOptional: true,
    label: { zh: '终端号', en: 'Terminal number' },
    hint: {
      zh: '收银台扫付款码时使用，8 位，由收单机构分配；没有时按 00000001 上送',
      en: 'For payment codes at the desk; 8 characters from the acquirer, else 00000001 is sent',
    },
    pattern: '[0-9A-Za-z]{8}',
  },
];

export const description: ChannelDescription = {
  name: 'union-pay',
  wallet: 'union-pay',
  label: { zh: '银联在线支付', en: 'UnionPay gateway' },
  payerLabel: { zh: '银行卡', en: 'bank card' },
  color: '#d7282f',
  products: ['page', 'h5', 'app', 'native', 'code'],
  modes: [
    { mode: 'certificate', label: { zh: '证书（推荐）', en: 'Certificate (recommended)' } },
    { mode: 'secret-key', label: { zh: '密钥', en: 'Secure key' } },
  ],
  mchId: {
    name: 'mchId',
    label: { zh: '商户代码', en: 'Merchant code' },
    hint: { zh: '15 位，见银联商户服务网站首页', en: '15 characters' },
    pattern: '[0-9A-Za-z]{15}',
  },
  secrets,
  endpoints,
  guide: [
    {
      zh: '登录银联商户服务网站（merchant.unionpay.com），在首页抄下 15 位商户代码，并确认已开通：网关支付、手机网页（WAP）支付、二维码消费（主扫、被扫）、退货、消费撤销、对账文件下载。',
      en: 'At merchant.unionpay.com copy the merchant code and see that gateway, WAP, QR, refund, void and file download are enabled.',
    },
    {
      zh: '用银联邮件里的参考号和授权码，在 CFCA 证书下载页面下载签名证书，导出时选择“包含私钥”，得到 .pfx 文件，记下密码。',
      en: 'Download the signing certificate at CFCA with the numbers from the mail, export it with its private key as .pfx.',
    },
    {
      zh: '在银联商户服务网站“安全中心—证书管理”上传公钥证书（.cer），等待生效（一般为次日）。',
      en: 'Upload the public certificate (.cer) under certificate management and wait until it is active.',
    },
    {
      zh: '从银联开放平台下载 5.1.0 开发包，certs 文件夹里有 acp_prod_middle.cer 和 acp_prod_root.cer，用记事本打开后全部复制。',
      en: 'The development kit 5.1.0 has acp_prod_middle.cer and acp_prod_root.cer in its folder certs.',
    },
    {
      zh: '对账：对账文件按银联清算日（前一日 23:00 至当日 23:00）生成，次日可下载。',
      en: 'Clearing files are by clearing day (23:00 to 23:00) and come on the next day.',
    },
    {
      zh: '网关没有关闭订单的接口：住户打开银联页面后没有支付，账单要等订单超时（5 分钟）才能换其他方式支付。',
      en: 'The gateway has no close: after the payer opened its page, bills are free again when the order has timed out.',
    },
  ],
  registrations: [
    {
      label: { zh: '后台通知地址', en: 'Notification address' },
      where: {
        zh: '随每笔订单上送，无需登记；若银联要求报备域名，填写 {host}',
        en: 'Sent with every order; where the host must be declared, declare {host}',
      },
      value: '{notifyUrl}',
    },
  ],
  codePattern: /^62\d{17}$/,
  testWords: {
    OK: { zh: '连接正常，签名有效', en: 'Connected; the signature is good' },
    NO_CLEAR_ANSWER: {
      zh: '银联没有给出明确的应答，请稍后再试',
      en: 'No clear answer from UnionPay; please try later',
    },
    NOT_VERIFIED: {
      zh: '银联的应答未通过验签：请检查中级证书、根证书（或密钥）是否为生产环境的',
      en: 'The answer could not be verified: check the middle and root certificates, or the key',
    },
    '11': {
      zh: '签名未通过：签名证书与商户代码不匹配，或公钥证书尚未在“证书管理”生效',
      en: 'Signature refused: the certificate is another merchant’s or not active yet',
    },
    '30': { zh: '商户未开通，请联系收单机构', en: 'The merchant is not enabled' },
    '31': { zh: '商户状态不正确，请联系收单机构', en: 'The state of the merchant is wrong' },
    '32': { zh: '没有该交易的权限，请联系收单机构开通', en: 'No permission; ask the acquirer' },
  },
  // Guaranteed by UnionPay for cards; QR orders take 30 days.
  refundDays: 90,
  partialRefunds: true,
  statements: ['trade'],
};
