import type { ProviderDescription } from '../provider.ts';

export const description: ProviderDescription = {
  name: 'smtp',
  label: { zh: '邮件（SMTP）', en: 'Mail (SMTP)' },
  via: 'email',
  fields: [
    {
      name: 'server',
      kind: 'text',
      label: { zh: '发信服务器', en: 'Server' },
      hint: {
        zh: 'smtps://smtp.example.com:465 或 smtp://smtp.example.com:587（STARTTLS）',
        en: 'smtps://smtp.example.com:465, or smtp://smtp.example.com:587 (STARTTLS)',
      },
      pattern: 'smtps?://[0-9A-Za-z.-]+(:\\d{2,5})?',
    },
    { name: 'user', kind: 'text', label: { zh: '账号', en: 'User' }, pattern: '.{1,100}' },
    {
      name: 'password',
      kind: 'secret',
      label: { zh: '密码或授权码', en: 'Password' },
      hint: { zh: '企业邮箱通常要单独生成“客户端专用密码”', en: 'Often one made for programs' },
    },
    {
      name: 'from',
      kind: 'text',
      label: { zh: '发件地址', en: 'Sender' },
      pattern: '[^@\\s]+@[^@\\s]+\\.[^@\\s]+',
    },
    {
      name: 'fromName',
      kind: 'text',
      label: { zh: '发件人名称', en: 'Name of the sender' },
      pattern: '[^<>"]{1,60}',
    },
  ],
  endpoints: {},
  guide: [
    {
      zh: '在邮箱服务商开启 SMTP，取得服务器地址和授权码；发件域名请配置 SPF 与 DKIM，避免进垃圾箱',
      en: 'Switch on SMTP at your mail provider; set up SPF and DKIM for the domain of the sender',
    },
  ],
  needsTemplate: false,
  testTo: { zh: '邮箱地址', en: 'Mail address' },
  advice: {
    EAUTH: { zh: '账号或授权码不对', en: 'User or password is wrong' },
    '535': { zh: '账号或授权码不对', en: 'User or password is wrong' },
    '550': { zh: '收件地址不存在或拒收', en: 'The address does not exist, or refuses mail' },
  },
};
