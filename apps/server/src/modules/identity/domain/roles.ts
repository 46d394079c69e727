import { type PermissionName, permissions } from './permissions.ts';

export interface BuiltInRole {
  readonly key: BuiltInRoleKey;
  readonly name: string;
  readonly nameEn: string;
  readonly permissions: readonly PermissionName[];
}

export type BuiltInRoleKey = 'administrator' | 'finance' | 'cashier' | 'site-manager' | 'reader';

const everything = permissions.map(({ name }) => name);
const reading = everything.filter((name) => name.endsWith('.read') && name !== 'audit.read');

/** Every company begins with these. */
export const builtInRoles: readonly BuiltInRole[] = [
  { key: 'administrator', name: '管理员', nameEn: 'Administrator', permissions: everything },
  {
    key: 'finance',
    name: '财务',
    nameEn: 'Finance',
    permissions: [
      ...reading,
      'audit.read',
      'charging.write',
      'billing.issue',
      'billing.publish',
      'billing.void',
      'billing.adjust',
      'prepayment.write',
      'autopay.write',
      'payment.desk',
      'suspense.resolve',
      'bank.import',
      'bank.write',
      'channels.approve',
      'refund.request',
      'refund.approve',
    ],
  },
  {
    key: 'cashier',
    name: '收费员',
    nameEn: 'Cashier',
    permissions: [
      'estate.read',
      'charging.read',
      'billing.read',
      'payment.read',
      'payment.desk',
      'bank.read',
      'refund.request',
      'prepayment.read',
      'resident.read',
      'feedback.read',
      'feedback.reply',
    ],
  },
  {
    key: 'site-manager',
    name: '项目经理',
    nameEn: 'Site manager',
    permissions: [
      'estate.read',
      'estate.write',
      'estate.reveal',
      'charging.read',
      'charging.write',
      'billing.read',
      'billing.issue',
      'payment.read',
      'prepayment.read',
      'autopay.read',
      'resident.read',
      'resident.approve',
      'messaging.read',
      'reminders.read',
      'reminders.write',
      'feedback.read',
      'feedback.reply',
      'feedback.manage',
      'content.read',
      'content.write',
    ],
  },
  { key: 'reader', name: '只读', nameEn: 'Read only', permissions: reading },
];
