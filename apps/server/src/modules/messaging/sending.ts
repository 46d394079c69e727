import type { Written } from './book.ts';
import type { MessageContent } from './message.ts';
import type { Outcome } from './provider.ts';
import type { DueRow } from './store/queue-store.ts';

/** A message that is due, with what it says. */
export interface Ready {
  readonly row: DueRow;
  readonly content: MessageContent;
}

/** An attempt that was written down and is to be made. */
export interface Sending {
  readonly messageId: string;
  readonly attemptId: string;
  readonly accountId: string;
  readonly requestKey: string;
  readonly outgoing: Written['outgoing'];
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/** What came of it. `never`: it was not sent at all. */
export interface Answer {
  readonly attemptId: string;
  readonly messageId: string;
  readonly accountId: string;
  readonly startedAt: Date;
  readonly outcome: Outcome | { readonly kind: 'absent' };
}
