import type { ProviderDescription } from '../provider.ts';
import { advice } from '../wechat/codes.ts';

export const description: ProviderDescription = {
  name: 'wechat-mini',
  label: { zh: '微信小程序订阅消息', en: 'WeChat mini-program message' },
  via: 'wechat-subscription',
  appId: {
    name: 'appId',
    kind: 'text',
    label: { zh: '小程序 AppID', en: 'App id' },
    hint: { zh: 'wx 开头的 18 位', en: '18 characters that begin with wx' },
    pattern: 'wx[0-9a-z]{4,30}',
  },
  fields: [
    {
      name: 'appSecret',
      kind: 'secret',
      label: { zh: '小程序 AppSecret', en: 'App secret' },
      hint: { zh: '也用于换取住户授权的手机号', en: 'Also gets the phone that a person agreed to' },
    },
    {
      name: 'page',
      kind: 'text',
      label: { zh: '点开后的页面', en: 'Page to open' },
      hint: {
        zh: '如 pages/bills/index?code={linkCode}；留空则只显示消息',
        en: 'Such as pages/bills/index?code={linkCode}; empty: the message opens nothing',
      },
      pattern: '[0-9A-Za-z/_?&={}.-]{1,200}',
      isOptional: true,
    },
    {
      name: 'state',
      kind: 'choice',
      label: { zh: '打开的版本', en: 'Version to open' },
      choices: [
        { value: 'formal', label: { zh: '正式版', en: 'Released' } },
        { value: 'trial', label: { zh: '体验版', en: 'Trial' } },
        { value: 'developer', label: { zh: '开发版', en: 'Development' } },
      ],
      isOptional: true,
    },
  ],
  endpoints: { api: 'https://api.weixin.qq.com' },
  guide: [
    {
      zh: '在小程序后台“功能 → 订阅消息”选用一次性订阅模板',
      en: 'Choose one-time templates under subscription messages of the mini-program',
    },
    {
      zh: '在“开发管理 → 开发设置”复制 AppID，生成 AppSecret，并把服务器 IP 加入白名单',
      en: 'Copy the app id, make an app secret, and put the address of this server on the list',
    },
    {
      zh: '在“模板”页填写模板 ID，并为每个关键词（如 thing1、amount2）选择变量',
      en: 'Enter the template ids on the page of templates, and a variable for each key',
    },
  ],
  needsTemplate: true,
  places: {
    zh: '微信模板的关键词，如 thing1、amount2、date3',
    en: 'The keys of the template: thing1, amount2, date3',
  },
  testTo: { zh: '小程序内的 openid', en: 'Open id in the mini-program' },
  advice,
};
