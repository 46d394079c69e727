import { fen, yuanAmount } from '@wuye-pay/money';
import { Alert, Button, Spin } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import type { Begun } from './use-take.ts';

/** The server asks the channel every five seconds; the desk looks a little more often. */
const lookMs = 2_000;

interface CodePaymentProps {
  readonly begun: Begun;
  readonly onBegun: (begun: Begun) => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** A wallet was charged and the payer has to confirm: says what is certain, and never guesses. */
export function CodePayment({ begun, onBegun, onAgain, onClose }: CodePaymentProps) {
  const { t } = useTranslation('desk');
  const { label } = useChannels();
  const { data, dataUpdatedAt } = useRead(
    'GET /api/payments/:paymentId',
    { params: { paymentId: begun.paymentId } },
    { refreshMs: (payment) => (payment && payment.state !== 'open' ? false : lookMs) },
  );
  useEffect(() => {
    if (data?.state === 'paid') onBegun({ ...begun, state: 'paid' });
  }, [data?.state, begun, onBegun]);
  const values = {
    amount: yuanAmount(fen(begun.amountFen)),
    channel: label(begun.channel ?? ''),
  };
  if (data?.state === 'closed') {
    return (
      <div className="stack">
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t('notPaid')}
          description={t('notPaidHint')}
        />
        <div className="row">
          <Button type="primary" onClick={onAgain}>
            {t('again')}
          </Button>
        </div>
      </div>
    );
  }
  const isLate = data !== undefined && Date.parse(data.expiresAt) < dataUpdatedAt;
  return (
    <div className="stack">
      <Alert
        type="info"
        role="status"
        title={isLate ? t('asking', values) : t('waiting', values)}
        description={t('waitingHint')}
        action={<Spin aria-hidden="true" />}
      />
      <div>
        <Button onClick={onClose}>{t('stop')}</Button>
      </div>
    </div>
  );
}
