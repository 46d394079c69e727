import type { ProviderDescription } from '../provider.ts';
import { advice } from './codes.ts';

export const description: ProviderDescription = {
  name: 'aliyun-sms',
  label: { zh: '阿里云短信', en: 'Aliyun SMS' },
  via: 'sms',
  fields: [
    {
      name: 'accessKeyId',
      kind: 'text',
      label: { zh: 'AccessKey ID', en: 'AccessKey id' },
      hint: {
        zh: '建议用只有短信权限（AliyunDysmsFullAccess）的 RAM 用户',
        en: 'Best of a RAM user with AliyunDysmsFullAccess only',
      },
      pattern: '[0-9A-Za-z._-]{8,64}',
    },
    {
      name: 'accessKeySecret',
      kind: 'secret',
      label: { zh: 'AccessKey Secret', en: 'AccessKey secret' },
    },
    {
      name: 'signName',
      kind: 'text',
      label: { zh: '短信签名', en: 'Signature' },
      hint: { zh: '审核通过的签名，不带【】', en: 'As approved, without the brackets' },
      pattern: '[^【】]{2,20}',
    },
  ],
  endpoints: { api: 'https://dysmsapi.aliyuncs.com' },
  guide: [
    {
      zh: '在阿里云“短信服务 → 国内消息”申请签名和模板；变量里不能放链接，请把链接前半段写进模板，末尾用变量 linkCode',
      en: 'Apply for signature and templates. A variable may not hold a link: write its fixed part into the template and use the variable linkCode at its end',
    },
    {
      zh: '在“RAM 访问控制”建用户并授予短信权限，创建 AccessKey',
      en: 'Make a RAM user with the right to send SMS, and an access key for it',
    },
    {
      zh: '保存后，把“回执地址”填到“系统设置 → 接收消息 → HTTP 批量推送”的状态报告与上行短信',
      en: 'After saving, enter the receipt address for status reports and replies (HTTP batch push)',
    },
    {
      zh: '在“模板”页为每种消息填写模板编号 SMS_…',
      en: 'Enter the template numbers SMS_… on the page of templates',
    },
  ],
  needsTemplate: true,
  places: {
    zh: '阿里云模板里的变量名，如 ${amount} 写 amount；链接末尾的编号用 linkCode',
    en: 'The names in the template at Aliyun: ${amount} is amount; linkCode is the end of the link',
  },
  isPriced: true,
  hasReceipts: true,
  testTo: { zh: '手机号', en: 'Phone number' },
  advice,
};
