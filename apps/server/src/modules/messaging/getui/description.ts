import type { ProviderDescription } from '../provider.ts';

export const description: ProviderDescription = {
  name: 'getui',
  label: { zh: '个推', en: 'Getui' },
  via: 'push',
  fields: [
    {
      name: 'appId',
      kind: 'text',
      label: { zh: 'AppID', en: 'App id' },
      pattern: '[0-9A-Za-z]{4,40}',
    },
    {
      name: 'appKey',
      kind: 'text',
      label: { zh: 'AppKey', en: 'App key' },
      pattern: '[0-9A-Za-z]{4,40}',
    },
    { name: 'masterSecret', kind: 'secret', label: { zh: 'MasterSecret', en: 'Master secret' } },
  ],
  endpoints: { api: 'https://restapi.getui.com' },
  guide: [
    {
      zh: '在个推开发者中心创建应用，复制 AppID、AppKey 与 MasterSecret；UniPush 1.0 的应用同样适用',
      en: 'Make an app at Getui, and copy its ids and master secret; apps of UniPush 1.0 work as well',
    },
  ],
  needsTemplate: false,
  testTo: { zh: '设备的 CID', en: 'Client id (cid) of a device' },
  advice: {
    '10001': {
      zh: '鉴权失败，请核对 AppKey 与 MasterSecret',
      en: 'Refused: check app key and master secret',
    },
  },
};
