import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Confirm',
  count: 'Bills: {{count}}',
  gone: 'These bills are settled',
  goneHint: 'Somebody of your home may have paid them, or they have changed.',
  toBills: 'Back to the bills',
  way: 'How to pay',
  payWith: 'Paid by: {{way}}',
  noWay: 'These bills cannot be paid online here just now',
  noWayHint: 'Please pay at the service desk, or contact your property company.',
  otherWallets: 'Open this page in {{wallets}} to pay.',
  split: 'These fees go to different accounts: {{count}} payments',
  splitHint: 'Now the first, {{amount}}; afterwards go back to the bills for the next one.',
  unpayable:
    'Bills that cannot be paid this way: {{count}}. Choose another way, or pay at the desk.',
};
