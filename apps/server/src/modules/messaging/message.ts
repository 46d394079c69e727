import type { Tx } from '../../platform/database/index.ts';

/** How a message reaches somebody. A printed notice is no message: it belongs to reminders. */
export type Via = 'wechat-subscription' | 'alipay-message' | 'push' | 'sms' | 'email';

export const everyVia: readonly Via[] = [
  'wechat-subscription',
  'alipay-message',
  'push',
  'sms',
  'email',
];

export type MessageTo =
  | { readonly kind: 'phone'; readonly phone: string }
  /** `scope` is channel and app, as `wechat-pay/wx1`. */
  | { readonly kind: 'wallet'; readonly scope: string; readonly openId: string }
  | { readonly kind: 'device'; readonly provider: 'jpush' | 'getui'; readonly token: string }
  | { readonly kind: 'email'; readonly address: string };

export interface Route {
  readonly via: Via;
  readonly to: MessageTo;
}

export type Language = 'zh' | 'en';

export interface MessageContent {
  /** In the order in which they are tried. */
  readonly routes: readonly Route[];
  /** By the names of the template's variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Opened by a tap; an absolute address. */
  readonly link?: string;
  readonly language: Language;
}

export interface NewMessage {
  /** Derived: the same fact makes the same id. */
  readonly id: string;
  /** 'reminder', 'autopay', 'feedback', 'code', 'binding', 'receipt'. */
  readonly purpose: string;
  /** What it is about, for whoever asked for it. */
  readonly subjectId: string;
  /** Who, for caps and opt-outs: the id of an account of the app or of a person. */
  readonly recipientKey: string;
  readonly templateKey: string;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  /** Left out, the purpose's releaser supplies it at the moment of sending. */
  readonly content?: MessageContent;
}

/** A message that is about to leave. */
export interface DueMessage {
  readonly id: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly recipientKey: string;
  readonly templateKey: string;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  /** Whether the message came with its content; then the releaser's is not used. */
  readonly hasContent: boolean;
}

export type Release =
  | { readonly kind: 'send'; readonly content?: MessageContent }
  | { readonly kind: 'drop'; readonly reason: string }
  | { readonly kind: 'later'; readonly at: Date };

/**
 * Decides, in the transaction that releases the messages, whether each is still true. Called for
 * the whole batch at once: read what is needed in sets. A message without an answer is dropped.
 */
export interface Releaser {
  readonly purpose: string;
  release(tx: Tx, due: readonly DueMessage[]): Promise<ReadonlyMap<string, Release>>;
}

/** What came of a message that was sent at once. */
export type SendAnswer =
  | { readonly state: 'accepted'; readonly via: Via }
  /** Nobody took it. `code` is the provider's or ours, for the log. */
  | { readonly state: 'failed'; readonly code: string }
  /** It may have been taken; the provider will be asked. */
  | { readonly state: 'uncertain' };
