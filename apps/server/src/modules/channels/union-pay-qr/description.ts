import type { ChannelDescription } from '../description.ts';
import { endpoints } from './endpoints.ts';

export const description: ChannelDescription = {
  name: 'union-pay-qr',
  label: { zh: '云闪付（银联条码前置）', en: 'UnionPay QR (CloudPay and bank apps)' },
  payerLabel: { zh: '云闪付', en: 'UnionPay' },
  color: '#e60012',
  wallet: 'union-pay',
  products: ['jsapi', 'native', 'code'],
  modes: [{ mode: 'secret-key', label: { zh: '签名密钥（MD5）', en: 'Signing key (MD5)' } }],
  mchId: {
    name: 'mchId',
    label: { zh: '商户号（mch_id）', en: 'Merchant number (mch_id)' },
    hint: { zh: '收单机构开户邮件里的商户号，以 QRA 开头', en: 'From the acquirer’s mail' },
    pattern: '[0-9A-Za-z]{8,32}',
  },
  secrets: [
    {
      name: 'md5Key',
      kind: 'secret',
      label: { zh: '签名密钥（key）', en: 'Signing key' },
      hint: { zh: '收单机构下发，通常 32 位', en: 'Given by the acquirer, usually 32 characters' },
      pattern: '[\\x21-\\x7e]{16,128}',
    },
  ],
  endpoints,
  guide: [
    {
      zh: '向开户银行或收单机构申请“银联条码前置（qra.95516.com）”商户，开通：银联 JS 支付、扫码支付、付款码支付、退款、对账单下载。',
      en: 'Ask the acquiring bank for a merchant of the UnionPay QR access (qra.95516.com) with JS pay, QR, payment codes, refunds and bills.',
    },
    {
      zh: '从开户邮件或收单机构商户后台取得商户号（mch_id）和签名密钥（key）。更换密钥前先在这里填好新密钥，旧密钥会在更换期内继续可用。',
      en: 'Take the merchant number and the signing key from the acquirer. While a key is changed, the old one stays good here.',
    },
    {
      zh: '请收单机构把下面的“授权回调域名”报备为银联用户授权（userAuth）的回调域名，否则云闪付里打不开缴费页面。',
      en: 'Have the acquirer register the host below for UnionPay’s user authorisation (userAuth).',
    },
  ],
  registrations: [
    {
      label: { zh: '授权回调域名', en: 'Host of the user authorisation' },
      where: { zh: '由收单机构向银联报备', en: 'Registered with UnionPay by the acquirer' },
      value: '{host}',
    },
    {
      label: { zh: '支付通知地址', en: 'Notification address' },
      where: {
        zh: '随每笔订单上送；收单机构要求登记时填写',
        en: 'Sent with every order; register it where the acquirer asks for it',
      },
      value: '{notifyUrl}',
    },
  ],
  codePattern: /^62\d{17}$/,
  testWords: {
    OK: { zh: '连接正常，签名有效', en: 'Connected; the signature is good' },
    NO_CLEAR_ANSWER: {
      zh: '网关没有给出明确的应答，请稍后再试',
      en: 'No clear answer; please try later',
    },
    NOT_VERIFIED: {
      zh: '网关的应答未通过验签：请检查签名密钥是否填错，或已在收单机构后台更换',
      en: 'The answer could not be verified: check the signing key',
    },
    '400': {
      zh: '网关拒绝了请求：请检查商户号和签名密钥',
      en: 'Refused: check merchant number and key',
    },
    '500': { zh: '网关系统异常，请稍后再试', en: 'The gateway failed; please try later' },
  },
  // QR orders of UnionPay.
  refundDays: 30,
  partialRefunds: true,
  statements: ['trade'],
};
