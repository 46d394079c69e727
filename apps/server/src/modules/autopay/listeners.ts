import type { Listener } from '../../platform/outbox/index.ts';
import type { AutopayInputDeps } from './deps.ts';
import { hearOfMandate } from './use-cases/follow-mandates.ts';
import { hearOfAccount, planAgain } from './use-cases/hear-of-homes.ts';
import { hearOfMessage } from './use-cases/hear-of-message.ts';
import { hearOfPayment } from './use-cases/hear-of-payment.ts';

type Heard = readonly [topic: string, listener: Listener];

/** What other modules tell: payments, messages, mandates at the channels, homes, new bills. */
export function autopayListeners(deps: AutopayInputDeps): Heard[] {
  const payment: Listener = ({ companyId, payload }) =>
    hearOfPayment(deps, { companyId, paymentId: text(payload, 'paymentId') });
  const message = (state: 'accepted' | 'failed'): Listener =>
    async function heard({ companyId, payload }) {
      if (payload.purpose !== 'autopay') return;
      const messageId = text(payload, 'messageId');
      const subjectId = text(payload, 'subjectId');
      await hearOfMessage(deps, { companyId, messageId, subjectId, state });
    };
  const account: Listener = ({ companyId, payload }) =>
    hearOfAccount(deps, { companyId, accountId: text(payload, 'accountId') });
  return [
    ['payment.paid', payment],
    ['payment.closed', payment],
    ['messaging.accepted', message('accepted')],
    ['messaging.failed', message('failed')],
    [
      'channels.mandate',
      ({ companyId, payload }) =>
        hearOfMandate(deps, {
          companyId,
          merchantAccountId: text(payload, 'merchantAccountId'),
          mandateNo: text(payload, 'mandateNo'),
        }),
    ],
    ['resident.unbound', account],
    ['resident.account_closed', account],
    ['billing.published', ({ companyId }) => planAgain(deps, companyId)],
  ];
}

function text(payload: Readonly<Record<string, unknown>>, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string') throw new Error(`an event names no ${name}`);
  return value;
}
