import type { ProviderDescription } from '../provider.ts';
import { advice } from './codes.ts';

export const description: ProviderDescription = {
  name: 'tencent-sms',
  label: { zh: '腾讯云短信', en: 'Tencent Cloud SMS' },
  via: 'sms',
  fields: [
    {
      name: 'secretId',
      kind: 'text',
      label: { zh: 'SecretId', en: 'Secret id' },
      pattern: '[0-9A-Za-z_-]{8,80}',
    },
    { name: 'secretKey', kind: 'secret', label: { zh: 'SecretKey', en: 'Secret key' } },
    {
      name: 'sdkAppId',
      kind: 'text',
      label: { zh: '短信应用 SDKAppID', en: 'SDKAppID' },
      hint: { zh: '形如 1400000000', en: 'Such as 1400000000' },
      pattern: '\\d{6,12}',
    },
    {
      name: 'signName',
      kind: 'text',
      label: { zh: '短信签名', en: 'Signature' },
      hint: { zh: '审核通过的签名，不带【】', en: 'As approved, without the brackets' },
      pattern: '[^【】]{2,20}',
    },
    {
      name: 'region',
      kind: 'text',
      label: { zh: '地域', en: 'Region' },
      hint: { zh: '默认 ap-guangzhou', en: 'ap-guangzhou if left empty' },
      pattern: '[a-z-]{4,30}',
      isOptional: true,
    },
  ],
  endpoints: { api: 'https://sms.tencentcloudapi.com' },
  guide: [
    {
      zh: '在腾讯云“短信 → 国内短信”创建应用，申请签名和正文模板',
      en: 'Create an app, and apply for signature and templates',
    },
    {
      zh: '在“访问管理 → API 密钥”创建只有短信权限的子用户密钥',
      en: 'Make a key of a sub-user that may only send SMS',
    },
    {
      zh: '保存后，把“回执地址”填到应用的“短信下发状态通知”和“短信回复”',
      en: 'After saving, enter the receipt address for delivery reports and replies',
    },
    {
      zh: '在“模板”页为每种消息填写模板 ID，并按 {1}、{2} 的顺序选择变量',
      en: 'Enter the template ids on the page of templates, variables in the order {1}, {2}',
    },
  ],
  needsTemplate: true,
  places: {
    zh: '按模板里 {1}、{2}、{3} 的顺序排列',
    en: 'In the order of {1}, {2}, {3} in the template',
  },
  isPriced: true,
  hasReceipts: true,
  testTo: { zh: '手机号', en: 'Phone number' },
  advice,
};
