import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Invitation',
  home: 'Home',
  from: 'From',
  as: 'As',
  accept: 'Accept',
  'role.tenant': 'Tenant',
  'role.family': 'Family',
  'role.payer': 'Paying only',
};
