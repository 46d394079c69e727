import type { ChannelDescription } from '../description.ts';

export const description: ChannelDescription = {
  name: 'wechat-pay',
  label: { zh: '微信支付', en: 'WeChat Pay' },
  color: '#07c160',
  wallet: 'wechat',
  products: ['jsapi', 'native'],
  modes: [
    { mode: 'public-key', label: { zh: '微信支付公钥（推荐）', en: 'Public key (recommended)' } },
    { mode: 'certificate', label: { zh: '平台证书', en: 'Platform certificate' } },
  ],
  mchId: { name: 'mchId', label: { zh: '商户号', en: 'Merchant number' }, pattern: '[0-9]{8,32}' },
  appId: {
    name: 'appId',
    label: { zh: '公众号 AppID', en: 'App id' },
    pattern: 'wx[0-9A-Za-z]{8,30}',
  },
  secrets: [
    {
      name: 'merchantSerial',
      kind: 'text',
      label: { zh: '商户证书序列号', en: 'Serial number of the merchant certificate' },
      pattern: '[0-9A-Fa-f]{8,64}',
    },
    {
      name: 'privateKeyPem',
      kind: 'pem',
      label: { zh: '商户 API 私钥（apiclient_key.pem）', en: 'Merchant private key' },
    },
    {
      name: 'apiV3Key',
      kind: 'secret',
      label: { zh: 'APIv3 密钥', en: 'API v3 key' },
      pattern: '.{32}',
    },
    { name: 'appSecret', kind: 'secret', label: { zh: '公众号 AppSecret', en: 'App secret' } },
    {
      name: 'publicKeyId',
      kind: 'text',
      label: { zh: '微信支付公钥 ID', en: 'Public key id' },
      pattern: 'PUB_KEY_ID_[0-9A-Za-z]{4,64}',
      modes: ['public-key'],
    },
    {
      name: 'publicKeyPem',
      kind: 'pem',
      label: { zh: '微信支付公钥（pub_key.pem）', en: 'Public key' },
      modes: ['public-key'],
    },
  ],
  endpoints: {
    base: 'https://api.mch.weixin.qq.com',
    login: 'https://api.weixin.qq.com',
    authorize: 'https://open.weixin.qq.com/connect/oauth2/authorize',
  },
  guide: [],
  registrations: [],
  codePattern: /^1[0-5]\d{16}$/,
  testWords: {},
  refundDays: 365,
  partialRefunds: true,
  statements: ['trade', 'fund'],
};
