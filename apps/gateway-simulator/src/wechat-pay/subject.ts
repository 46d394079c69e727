import type { NotifyFault, Taken } from '../faults.ts';
import type { OutgoingNotification } from './notification.ts';

/** An event ready to be written as often as it takes. */
export type Subject = {
  url: string;
  write(fault: Taken<NotifyFault> | undefined): OutgoingNotification;
  isAcknowledged(status: number, answer: string): boolean;
};
