import type { ProviderDescription } from '../provider.ts';

export const description: ProviderDescription = {
  name: 'alipay-mini',
  label: { zh: '支付宝小程序消息', en: 'Alipay mini-program message' },
  via: 'alipay-message',
  appId: {
    name: 'appId',
    kind: 'text',
    label: { zh: '小程序 APPID', en: 'App id' },
    hint: { zh: '开放平台里小程序的 16 位数字', en: '16 digits, as the open platform shows them' },
    pattern: '[0-9]{16}',
  },
  fields: [
    {
      name: 'privateKeyPem',
      kind: 'pem',
      label: { zh: '应用私钥', en: 'Private key of the app' },
      hint: { zh: '含首尾行的 PEM 全文', en: 'The whole PEM, with its first and last line' },
    },
    {
      name: 'alipayPublicKeyPem',
      kind: 'pem',
      label: { zh: '支付宝公钥', en: 'Alipay’s public key' },
      hint: { zh: '公钥模式填这一项', en: 'For an app that works with keys' },
      isOptional: true,
    },
    {
      name: 'appCertificatePem',
      kind: 'pem',
      label: { zh: '应用公钥证书', en: 'Certificate of the app' },
      hint: { zh: '证书模式填这三项', en: 'For an app that works with certificates, all three' },
      isOptional: true,
    },
    {
      name: 'alipayCertificatePem',
      kind: 'pem',
      label: { zh: '支付宝公钥证书', en: 'Alipay’s certificate' },
      isOptional: true,
    },
    {
      name: 'alipayRootCertificatePem',
      kind: 'pem',
      label: { zh: '支付宝根证书', en: 'Alipay’s root certificates' },
      isOptional: true,
    },
    {
      name: 'aesKey',
      kind: 'secret',
      label: { zh: '接口内容加密密钥', en: 'Key of content encryption' },
      hint: {
        zh: '换取住户授权的手机号时需要',
        en: 'Needed for the phone that a person agreed to',
      },
      isOptional: true,
    },
    {
      name: 'page',
      kind: 'text',
      label: { zh: '点开后的页面', en: 'Page to open' },
      hint: {
        zh: '如 pages/bills/index?code={linkCode}',
        en: 'Such as pages/bills/index?code={linkCode}',
      },
      pattern: '[0-9A-Za-z/_?&={}.-]{1,200}',
      isOptional: true,
    },
  ],
  endpoints: { gateway: 'https://openapi.alipay.com/gateway.do' },
  guide: [
    {
      zh: '在支付宝开放平台给小程序开通“模板消息”，选用模板',
      en: 'Add template messages to the mini-program at the open platform, and choose templates',
    },
    {
      zh: '密钥与支付用的同一个应用相同；“模板”页填写模板 ID 和关键词 keyword1…',
      en: 'Keys are those of the app; enter template ids and keyword1… on the page of templates',
    },
  ],
  needsTemplate: true,
  places: { zh: '模板的关键词 keyword1、keyword2…', en: 'The keywords keyword1, keyword2…' },
  testTo: { zh: '支付宝用户标识', en: 'Alipay’s id of a person' },
  advice: {
    'isv.invalid-signature*': {
      zh: '签名不对：请核对应用私钥与开放平台登记的公钥是一对',
      en: 'The signature is refused: the private key is not the pair of the registered one',
    },
    'isv.insufficient-isv-permissions': {
      zh: '小程序没有开通模板消息能力',
      en: 'The mini-program may not send template messages yet',
    },
    USER_NOT_SUBSCRIBE: {
      zh: '住户没有同意接收；会改走下一条通道',
      en: 'The person did not agree; the next route is tried',
    },
    USER_TEMPLATE_ILLEGAL: { zh: '模板编号不对', en: 'The template id is wrong' },
  },
};
