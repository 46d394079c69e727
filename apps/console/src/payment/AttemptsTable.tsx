import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { preciseText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { StateTag, type Tone } from '../ui/StateTag.tsx';
import { endText } from './actor-text.ts';
import type { Payment } from './PaymentPage.tsx';

type Attempt = Payment['attempts'][number];

const tones: Record<Attempt['state'], Tone> = {
  requested: 'processing',
  pending: 'processing',
  paid: 'success',
  closed: 'default',
  failed: 'error',
};

/** Orders that were placed at the channel for the payment. */
export function AttemptsTable({ attempts }: { readonly attempts: readonly Attempt[] }) {
  const { t } = useTranslation(['payment', 'choices', 'ui']);
  const [language] = useLanguage();
  const when = (at: string | null) => (
    <span className="figure">{at ? preciseText(at, language) : t('ui:none')}</span>
  );
  if (attempts.length === 0) return <p className="page-intro">{t('payment.attemptsNone')}</p>;
  return (
    <DataTable<Attempt>
      label={t('payment.attempts')}
      size="small"
      dataSource={attempts}
      rowKey="id"
      columns={[
        {
          title: t('payments.orderNo'),
          render: (_value, { orderNo }) => <span className="mono nowrap">{orderNo}</span>,
        },
        {
          title: t('payments.state'),
          render: (_value, { state }) => (
            <StateTag tone={tones[state]}>{t(`payment.attemptState.${state}`)}</StateTag>
          ),
        },
        {
          title: t('payment.product'),
          render: (_value, { product }) => t(`choices:product.${product}`),
        },
        moneyColumn<Attempt>(t('payments.amount'), ({ amountFen }) => amountFen, 'amount'),
        { title: t('payment.requestedAt'), render: (_value, attempt) => when(attempt.requestedAt) },
        {
          title: t('payment.checks'),
          align: 'right',
          render: (_value, { checks }) => <span className="figure">{checks}</span>,
        },
        { title: t('payment.nextCheckAt'), render: (_value, attempt) => when(attempt.nextCheckAt) },
        {
          title: t('payment.endReason'),
          render: (_value, { endReason }) => (endReason ? endText(t, endReason) : t('ui:none')),
        },
      ]}
    />
  );
}
