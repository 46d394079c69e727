/**
 * Every page of the app, by name: its folder in pages/, its address on the web, its entry in a
 * mini-program. `needs` and `may` are the parameters it opens with; `isOpen` pages show to whoever
 * is not signed in. One line a page, in the order of the alphabet.
 */
export const pages = {
  account: { title: { zh: '账号与安全', en: 'Account' }, may: ['login'] },
  'account-close': { title: { zh: '注销账号', en: 'Close the account' } },
  'account-email': { title: { zh: '邮箱', en: 'E-mail' } },
  'account-phone': { title: { zh: '手机号', en: 'Phone' } },
  autopay: { title: { zh: '自动代扣', en: 'Autopay' } },
  'autopay-history': { title: { zh: '扣款和记录', en: 'Debits' }, needs: ['mandateId'] },
  'autopay-result': { title: { zh: '签约结果', en: 'Signing' }, needs: ['mandateId'] },
  'autopay-sign': { title: { zh: '开通自动代扣', en: 'Set up autopay' } },
  bill: { title: { zh: '账单明细', en: 'Bill' }, needs: ['billId'] },
  bind: { title: { zh: '绑定房屋', en: 'Bind a home' } },
  bills: { title: { zh: '缴费', en: 'Pay' }, tab: 'bills', may: ['code', 'login'] },
  confirm: { title: { zh: '确认缴费', en: 'Confirm' }, may: ['code'] },
  'fee-standards': { title: { zh: '收费标准', en: 'Fee standards' }, needs: ['communityId'] },
  help: { title: { zh: '帮助', en: 'Help' }, isOpen: true },
  'help-article': { title: { zh: '帮助', en: 'Help' }, needs: ['key'], isOpen: true },
  history: { title: { zh: '缴费记录', en: 'Payment history' }, may: ['unitId'] },
  invitation: { title: { zh: '绑定邀请', en: 'Invitation' }, needs: ['code'] },
  me: { title: { zh: '我的', en: 'Me' }, tab: 'me' },
  messages: { title: { zh: '提醒消息', en: 'Messages' } },
  movements: { title: { zh: '余额明细', en: 'Balance movements' }, needs: ['unitId'] },
  news: { title: { zh: '公告', en: 'Announcements' } },
  'news-item': { title: { zh: '公告', en: 'Announcement' }, needs: ['announcementId'] },
  notifications: { title: { zh: '消息通知', en: 'Notifications' } },
  paying: { title: { zh: '支付结果', en: 'Payment' }, needs: ['paymentId'] },
  payment: { title: { zh: '支付详情', en: 'Payment details' }, needs: ['paymentId'] },
  people: { title: { zh: '住户与绑定', en: 'People of a home' }, needs: ['unitId'] },
  prepayment: { title: { zh: '预存', en: 'Pay ahead' }, may: ['unitId'] },
  sessions: { title: { zh: '登录的设备', en: 'Where you are signed in' } },
  settings: { title: { zh: '设置', en: 'Settings' } },
  'sign-in': { title: { zh: '登录', en: 'Sign in' }, may: ['back', 'login'], isOpen: true },
  ticket: { title: { zh: '报事详情', en: 'Ticket' }, needs: ['ticketId'] },
  'ticket-new': {
    title: { zh: '我要报事', en: 'Report something' },
    may: ['unitId', 'billId', 'paymentId', 'errorCode'],
  },
  tickets: { title: { zh: '报事', en: 'Tickets' }, tab: 'tickets' },
  tour: { title: { zh: '怎么缴费', en: 'How paying works' }, isOpen: true },
} as const satisfies Readonly<Record<string, PageEntry>>;

interface PageEntry {
  readonly title: { readonly zh: string; readonly en: string };
  readonly needs?: readonly string[];
  readonly may?: readonly string[];
  readonly tab?: Tab;
  readonly isOpen?: true;
}

/** The pages at the bottom of the screen, in this order. */
export const tabs = ['bills', 'tickets', 'me'] as const;
export type Tab = 'bills' | 'tickets' | 'me';

export type PageName = keyof typeof pages;

type NamesIn<Name extends PageName, Which extends 'needs' | 'may'> =
  (typeof pages)[Name] extends Readonly<Record<Which, readonly (infer Key extends string)[]>>
    ? Key
    : never;
export type PageParams<Name extends PageName> = {
  readonly [Key in NamesIn<Name, 'needs'>]: string;
} & { readonly [Key in NamesIn<Name, 'may'>]?: string | undefined };

/** What `go` takes after the name: nothing for a page without parameters that it must have. */
export type ParamsOf<Name extends PageName> = [NamesIn<Name, 'needs'>] extends [never]
  ? [params?: PageParams<Name>]
  : [params: PageParams<Name>];

/** The page that an address opens when it names none. */
export const home: PageName = 'bills';

export function entryOf(name: PageName): PageEntry {
  return pages[name];
}

export function isPageName(name: string): name is PageName {
  return Object.hasOwn(pages, name);
}
