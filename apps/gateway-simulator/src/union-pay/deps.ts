import type { CoreDeps } from '../deps.ts';
import type { AnswerFault, Taken } from '../faults.ts';
import type { Notifier } from '../notifier.ts';
import type { Merchant, Notification, Records } from './records.ts';
import type { Fields } from './signature.ts';

/** What every part of the UnionPay gateway may use. */
export type Deps = CoreDeps & { records: Records };

/** With the means to tell a merchant of a success. */
export type PayDeps = Deps & { notifier: Notifier<Notification> };

/** What a call is given once its signature is known to be good. */
export type CallInput = {
  merchant: Merchant;
  fields: Fields;
  fault: Taken<AnswerFault> | undefined;
  /** How a browser reaches the simulator. */
  origin: string;
};
