import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Where you are signed in',
  intro:
    'Your account is signed in here. End what you do not know, then change your phone or remove the wallet.',
  here: 'This device',
  'surface.h5': 'Web page',
  'surface.wechat': 'WeChat mini-program',
  'surface.alipay': 'Alipay mini-program',
  on: '{{surface}} · {{device}}',
  since: 'Last used {{seen}} · since {{begun}}',
  end: 'End',
  endOf: 'End the session of {{device}}',
  endTitle: 'End this session?',
  endWhat: 'That device is signed out at once and has to sign in again to see your bills.',
  endOthers: 'End all others',
  endOthersTitle: 'End the other {{count}} sessions?',
  endOthersWhat: 'All devices but this one are signed out at once.',
  only: 'You are signed in on this device only.',
};
