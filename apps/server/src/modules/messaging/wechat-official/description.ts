import type { ProviderDescription } from '../provider.ts';
import { advice } from '../wechat/codes.ts';

export const description: ProviderDescription = {
  name: 'wechat-official',
  label: { zh: '微信公众号模板消息', en: 'WeChat official account message' },
  via: 'wechat-subscription',
  appId: {
    name: 'appId',
    kind: 'text',
    label: { zh: '公众号 AppID', en: 'App id' },
    hint: { zh: 'wx 开头的 18 位', en: '18 characters that begin with wx' },
    pattern: 'wx[0-9a-z]{4,30}',
  },
  fields: [
    { name: 'appSecret', kind: 'secret', label: { zh: '公众号 AppSecret', en: 'App secret' } },
    {
      name: 'eventToken',
      kind: 'secret',
      label: { zh: '服务器配置的令牌 Token', en: 'Token of the server settings' },
      hint: {
        zh: '3–32 位字母或数字，接收送达结果用；不接收请留空',
        en: '3 to 32 letters or digits, to hear of deliveries; leave empty otherwise',
      },
      pattern: '[0-9A-Za-z]{3,32}',
      isOptional: true,
    },
  ],
  endpoints: { api: 'https://api.weixin.qq.com' },
  guide: [
    {
      zh: '在公众号后台“模板消息”添加模板；只有关注了公众号的住户才收得到',
      en: 'Add templates to the account; only people who follow it can be reached',
    },
    {
      zh: '在“设置与开发 → 基本配置”生成 AppSecret，把服务器 IP 加入白名单',
      en: 'Make an app secret, and put the address of this server on the list',
    },
    {
      zh: '如需送达结果：把“回执地址”填为服务器地址（明文模式），令牌与这里一致',
      en: 'To hear of deliveries: enter the receipt address as the server, in plain mode',
    },
  ],
  needsTemplate: true,
  places: {
    zh: '模板的关键词，如 thing1、amount2',
    en: 'The keys of the template, such as thing1, amount2',
  },
  hasReceipts: true,
  testTo: { zh: '公众号内的 openid', en: 'Open id at the official account' },
  advice,
};
