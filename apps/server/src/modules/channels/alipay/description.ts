import type { ChannelDescription } from '../description.ts';
import { guide, registrations, testWords } from './guide.ts';

export const description: ChannelDescription = {
  name: 'alipay',
  label: { zh: '支付宝', en: 'Alipay' },
  payerLabel: { zh: '支付宝', en: 'Alipay' },
  color: '#1677ff',
  wallet: 'alipay',
  products: ['jsapi', 'mini-program', 'native', 'h5', 'page', 'app', 'code', 'debit'],
  modes: [
    { mode: 'certificate', label: { zh: '公钥证书（推荐）', en: 'Certificates (recommended)' } },
    { mode: 'public-key', label: { zh: '公钥', en: 'Public key' } },
  ],
  mchId: {
    name: 'mchId',
    label: { zh: '商户账号 PID', en: 'Merchant id (PID)' },
    hint: { zh: '2088 开头的 16 位数字，即收款账号', en: '16 digits that begin with 2088' },
    pattern: '2088[0-9]{12}',
  },
  appId: {
    name: 'appId',
    label: { zh: '应用 APPID', en: 'App id' },
    hint: { zh: '开放平台“控制台”里应用名称下的 16 位数字', en: '16 digits below the app’s name' },
    pattern: '[0-9]{16}',
  },
  secrets: [
    {
      name: 'privateKeyPem',
      kind: 'pem',
      label: { zh: '应用私钥', en: 'Private key of the app' },
      hint: {
        zh: '密钥工具生成的“应用私钥”全文，PKCS#1 与 PKCS#8 均可，不必加首尾行',
        en: 'As the key tool gives it, PKCS#1 or PKCS#8, with or without its first and last line',
      },
    },
    {
      name: 'alipayPublicKeyPem',
      kind: 'pem',
      label: { zh: '支付宝公钥', en: 'Alipay’s public key' },
      hint: { zh: '不是“应用公钥”', en: 'Not the public key of the app' },
      modes: ['public-key'],
    },
    {
      name: 'appCertificatePem',
      kind: 'pem',
      label: { zh: '应用公钥证书', en: 'Certificate of the app' },
      hint: { zh: 'appCertPublicKey_<APPID>.crt', en: 'appCertPublicKey_<app id>.crt' },
      modes: ['certificate'],
    },
    {
      name: 'alipayCertificatePem',
      kind: 'pem',
      label: { zh: '支付宝公钥证书', en: 'Alipay’s certificate' },
      hint: { zh: 'alipayCertPublicKey_RSA2.crt', en: 'alipayCertPublicKey_RSA2.crt' },
      modes: ['certificate'],
    },
    {
      name: 'alipayRootCertificatePem',
      kind: 'pem',
      label: { zh: '支付宝根证书', en: 'Alipay’s root certificates' },
      hint: { zh: 'alipayRootCert.crt', en: 'alipayRootCert.crt' },
      modes: ['certificate'],
    },
    {
      name: 'aesKey',
      kind: 'secret',
      label: { zh: '接口内容加密密钥', en: 'Key of content encryption' },
      hint: { zh: '没有启用“接口内容加密方式”请留空', en: 'Leave empty unless it is switched on' },
      isOptional: true,
    },
    {
      name: 'signScene',
      kind: 'text',
      label: { zh: '代扣签约场景码', en: 'Sign scene of debits' },
      hint: {
        zh: '开通商家扣款时约定的 sign_scene，形如 INDUSTRY|PROPERTY；不用代扣请留空',
        en: 'sign_scene of the contract, such as INDUSTRY|PROPERTY; leave empty without debits',
      },
      pattern: '[A-Z_]+\\|[A-Z0-9_]+',
      isOptional: true,
    },
    {
      name: 'debitProductCode',
      kind: 'text',
      label: { zh: '代扣产品码', en: 'Product code of debits' },
      hint: {
        zh: 'GENERAL_WITHHOLDING（默认）或 CYCLE_PAY_AUTH，以签约合同为准',
        en: 'GENERAL_WITHHOLDING (default) or CYCLE_PAY_AUTH, as the contract says',
      },
      pattern: 'GENERAL_WITHHOLDING|CYCLE_PAY_AUTH',
      isOptional: true,
    },
  ],
  endpoints: {
    gateway: 'https://openapi.alipay.com/gateway.do',
    page: 'https://openapi.alipay.com/gateway.do',
    authorize: 'https://openauth.alipay.com/oauth2/publicAppAuthorize.htm',
  },
  guide,
  registrations,
  codePattern: /^(2[5-9]|30)\d{14,22}$/,
  testWords,
  refundDays: 365,
  partialRefunds: true,
  statements: ['trade', 'fund'],
};
