import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannels } from '../choices/use-channels.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { timeText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { moneyColumn } from '../ui/Money.tsx';
import type { LivePayment } from './use-live.ts';

/** The newest payments of the day, as they come in. */
export function NewestPayments({ payments }: { readonly payments: readonly LivePayment[] }) {
  const { t } = useTranslation('payment');
  const { label } = useChannels();
  if (payments.length === 0) {
    return (
      <EmptyNotice
        title={t('today.newestEmpty')}
        hint={t('today.newestEmptyHint')}
        action={
          <div className="row" style={{ justifyContent: 'center' }}>
            <LinkButton type="primary" to={paths.billRuns()}>
              {t('today.toRuns')}
            </LinkButton>
            <LinkButton to={paths.units()}>{t('today.toUnits')}</LinkButton>
          </div>
        }
      />
    );
  }
  return (
    <DataTable<LivePayment>
      label={t('today.newest')}
      dataSource={payments}
      rowKey="paymentId"
      columns={[
        {
          title: t('today.time'),
          render: (_value, { paymentId, paidAt }) => (
            <Link to={paths.payment(paymentId)} className="figure">
              {timeText(paidAt)}
            </Link>
          ),
        },
        {
          title: t('today.unit'),
          render: (_value, { unitLabel, communityName }) => (
            <div>
              <div className="nowrap">{unitLabel}</div>
              <div className="muted">{communityName}</div>
            </div>
          ),
        },
        moneyColumn<LivePayment>(t('today.amount'), ({ amountFen }) => amountFen, 'amount'),
        {
          title: t('today.channel'),
          render: (_value, { channel }) => label(channel),
        },
      ]}
    />
  );
}
