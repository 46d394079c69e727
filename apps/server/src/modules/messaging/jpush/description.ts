import type { ProviderDescription } from '../provider.ts';

export const advice = {
  '1004': { zh: 'AppKey 或 Master Secret 不对', en: 'App key or master secret is wrong' },
  '1008': { zh: 'AppKey 不对', en: 'The app key is wrong' },
  '1011': {
    zh: '这台设备没有注册或长期未打开应用',
    en: 'The device is not registered, or the app was not opened for long',
  },
  '2002': { zh: '推送过快，系统会自动重试', en: 'Too fast; it is tried again by itself' },
} as const;

export const description: ProviderDescription = {
  name: 'jpush',
  label: { zh: '极光推送', en: 'JPush' },
  via: 'push',
  fields: [
    {
      name: 'appKey',
      kind: 'text',
      label: { zh: 'AppKey', en: 'App key' },
      pattern: '[0-9A-Za-z]{8,40}',
    },
    { name: 'masterSecret', kind: 'secret', label: { zh: 'Master Secret', en: 'Master secret' } },
    {
      name: 'channelId',
      kind: 'text',
      label: { zh: '安卓通知渠道', en: 'Android channel' },
      hint: {
        zh: '厂商通道要求的消息分类；不分类的消息每天只能发几条',
        en: 'The category that vendors ask for; without one they let few messages through',
      },
      pattern: '[0-9A-Za-z_-]{1,40}',
      isOptional: true,
    },
    {
      name: 'apns',
      kind: 'choice',
      label: { zh: 'iOS 环境', en: 'iOS environment' },
      choices: [
        { value: 'production', label: { zh: '生产', en: 'Production' } },
        { value: 'development', label: { zh: '开发', en: 'Development' } },
      ],
      isOptional: true,
    },
  ],
  endpoints: { api: 'https://api.jpush.cn' },
  guide: [
    {
      zh: '在极光控制台创建应用，复制 AppKey 与 Master Secret',
      en: 'Make an app at JPush, and copy its app key and master secret',
    },
  ],
  needsTemplate: false,
  testTo: { zh: '设备的 Registration ID', en: 'Registration id of a device' },
  advice: {},
};
