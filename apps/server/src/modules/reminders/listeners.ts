import type { Deps } from '../../platform/deps.ts';
import type { DeliveredEvent, Listener } from '../../platform/outbox/index.ts';
import { followMessage } from './use-cases/follow-notices.ts';
import { notePayment } from './use-cases/note-payment.ts';

/** What became of messages, and money that came: both count for the effect. */
export function remindersListeners(
  deps: Pick<Deps, 'db' | 'clock'>,
): (readonly [string, Listener])[] {
  const onMessage: Listener = async (event) => {
    if (event.payload['purpose'] !== 'reminder') return;
    const { companyId } = event;
    await followMessage(deps, { companyId, messageId: idIn(event, 'messageId') });
  };
  return [
    ['messaging.accepted', onMessage],
    ['messaging.delivered', onMessage],
    ['messaging.failed', onMessage],
    [
      'payment.paid',
      (event) =>
        notePayment(deps, { companyId: event.companyId, paymentId: idIn(event, 'paymentId') }),
    ],
  ];
}

function idIn({ topic, payload }: DeliveredEvent, name: string): string {
  const id = payload[name];
  if (typeof id !== 'string') throw new Error(`${topic} has no ${name}`);
  return id;
}
