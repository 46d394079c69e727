import type { ChannelDescription, SecretField } from '../description.ts';
import { guide, registrations, testWords } from './guide.ts';

const needed: readonly SecretField[] = [
  {
    name: 'merchantSerial',
    kind: 'text',
    label: { zh: '商户 API 证书序列号', en: 'Serial number of the merchant certificate' },
    hint: {
      zh: '账户中心 → API 安全 → 商户 API 证书 → 管理证书，40 位十六进制',
      en: '40 hexadecimal digits, shown beside the certificate',
    },
    pattern: '[0-9A-Fa-f]{8,64}',
  },
  {
    name: 'privateKeyPem',
    kind: 'pem',
    label: { zh: '商户 API 私钥（apiclient_key.pem）', en: 'Merchant private key' },
    hint: {
      zh: '用证书工具申请证书时生成，粘贴文件全文（含首尾行）',
      en: 'Made together with the certificate; paste the whole file',
    },
  },
  {
    name: 'apiV3Key',
    kind: 'secret',
    label: { zh: 'APIv3 密钥', en: 'API v3 key' },
    hint: {
      zh: '账户中心 → API 安全 → APIv3 密钥，正好 32 个字符，设置后无法查看',
      en: 'Exactly 32 characters; the provider never shows it again',
    },
    pattern: '.{32}',
  },
  {
    name: 'appSecret',
    kind: 'secret',
    label: { zh: 'AppSecret', en: 'App secret' },
    hint: {
      zh: '付款人登录所用的公众号或小程序的 AppSecret（服务商模式填了子商户 AppID 的，用子商户的）',
      en: 'Of the app in which payers log in: the sub-merchant’s where its app id is given',
    },
  },
];

const publicKey: readonly SecretField[] = [
  {
    name: 'publicKeyId',
    kind: 'text',
    label: { zh: '微信支付公钥 ID', en: 'Public key id' },
    hint: {
      zh: '账户中心 → API 安全 → 微信支付公钥，以 PUB_KEY_ID_ 开头',
      en: 'Begins with PUB_KEY_ID_',
    },
    pattern: 'PUB_KEY_ID_[0-9A-Za-z]{4,64}',
    modes: ['public-key'],
  },
  {
    name: 'publicKeyPem',
    kind: 'pem',
    label: { zh: '微信支付公钥（pub_key.pem）', en: 'Public key' },
    hint: { zh: '与公钥 ID 在同一页下载', en: 'Downloaded from the page that shows its id' },
    modes: ['public-key'],
  },
];

const optional: readonly SecretField[] = [
  {
    name: 'merchantCertificatePem',
    kind: 'pem',
    label: { zh: '商户 API 证书（apiclient_cert.pem）', en: 'Merchant certificate' },
    hint: {
      zh: '收付款码必填（撤销订单要出示证书）；填写后系统会在到期前 30 天提醒',
      en: 'Needed for payment codes; with it you are warned 30 days before it ends',
    },
    isOptional: true,
  },
  {
    name: 'apiV2Key',
    kind: 'secret',
    label: { zh: 'APIv2 密钥', en: 'API v2 key' },
    hint: {
      zh: '收付款码或委托代扣才需要：账户中心 → API 安全 → APIv2 密钥，32 位字母数字',
      en: 'For payment codes and debits only: 32 letters and digits',
    },
    pattern: '[0-9A-Za-z]{32}',
    isOptional: true,
  },
  {
    name: 'planId',
    kind: 'text',
    label: { zh: '委托代扣模板编号', en: 'Plan of debits' },
    hint: {
      zh: '产品中心 → 委托代扣 → 模板管理中审核通过的 plan_id；不用代扣请留空',
      en: 'The plan_id that the provider approved; leave empty without debits',
    },
    pattern: '[0-9]{1,28}',
    isOptional: true,
  },
];

export const description: ChannelDescription = {
  name: 'wechat-pay',
  label: { zh: '微信支付', en: 'WeChat Pay' },
  payerLabel: { zh: '微信', en: 'WeChat' },
  color: '#07c160',
  wallet: 'wechat',
  products: ['jsapi', 'mini-program', 'native', 'h5', 'app', 'code', 'debit'],
  modes: [
    { mode: 'public-key', label: { zh: '微信支付公钥（推荐）', en: 'Public key (recommended)' } },
    { mode: 'certificate', label: { zh: '平台证书', en: 'Platform certificate' } },
  ],
  mchId: {
    name: 'mchId',
    label: { zh: '商户号', en: 'Merchant number' },
    hint: {
      zh: '商户平台右上角或账户中心 → 商户信息；服务商模式填服务商的商户号',
      en: 'In partner mode the partner’s own',
    },
    pattern: '[0-9]{8,32}',
  },
  appId: {
    name: 'appId',
    label: { zh: 'AppID', en: 'App id' },
    hint: {
      zh: '与商户号绑定的公众号、小程序或移动应用；用几种就登记几条，每条一个 AppID',
      en: 'Of the official account, mini-program or app bound to the merchant; one entry for each',
    },
    pattern: 'wx[0-9A-Za-z]{8,30}',
  },
  subMchId: {
    name: 'subMchId',
    label: { zh: '子商户号（服务商模式）', en: 'Sub-merchant number (partner mode)' },
    hint: {
      zh: '物业公司由服务商进件时填写；直连商户留空',
      en: 'Where a partner serves the company; otherwise empty',
    },
    pattern: '[0-9]{8,32}',
    isOptional: true,
  },
  subAppId: {
    name: 'subAppId',
    label: { zh: '子商户 AppID', en: 'App id of the sub-merchant' },
    hint: {
      zh: '付款人在物业公司自己的公众号或小程序里付款时填写；用服务商的则留空',
      en: 'Where payers pay in the company’s own app; empty where they pay in the partner’s',
    },
    pattern: 'wx[0-9A-Za-z]{8,30}',
    isOptional: true,
  },
  secrets: [...needed, ...publicKey, ...optional],
  endpoints: {
    base: 'https://api.mch.weixin.qq.com',
    login: 'https://api.weixin.qq.com',
    authorize: 'https://open.weixin.qq.com/connect/oauth2/authorize',
    papay: 'https://api.mch.weixin.qq.com/papay',
  },
  guide,
  registrations,
  codePattern: /^1[0-5]\d{16}$/,
  testWords,
  refundDays: 365,
  partialRefunds: true,
  statements: ['trade', 'fund'],
};
