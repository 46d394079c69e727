import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useChannels } from '../choices/use-channels.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { countText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';

type Channel = Answer<'GET /api/today'>['byChannel'][number];

export function ChannelTable({ channels }: { readonly channels: readonly Channel[] }) {
  const { t } = useTranslation('payment');
  const { label } = useChannels();
  if (channels.length === 0) return <p className="page-intro">{t('today.byChannelEmpty')}</p>;
  return (
    <DataTable<Channel>
      label={t('today.byChannel')}
      dataSource={channels}
      rowKey="channel"
      columns={[
        {
          title: t('today.channel'),
          render: (_value, { channel }) => label(channel),
        },
        {
          title: t('today.channelCount'),
          align: 'right',
          render: (_value, { paymentCount }) => (
            <span className="figure">{countText(paymentCount)}</span>
          ),
        },
        moneyColumn<Channel>(t('today.amount'), ({ amountFen }) => amountFen, 'amount'),
      ]}
    />
  );
}
