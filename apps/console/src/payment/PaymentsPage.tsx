import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterDay, FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { moneyColumn } from '../ui/Money.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { PaymentStateTag } from './PaymentStateTag.tsx';
import { unitsText } from './units-text.ts';

type Payment = Item<'GET /api/payments'>;

const names = ['state', 'communityId', 'unitId', 'channel', 'search', 'from', 'to'] as const;
const states = ['open', 'paid', 'closed'] as const;

export function PaymentsPage() {
  const { t } = useTranslation(['payment', 'ui']);
  const { wayOptions } = useChannels();
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const filter = {
    ...values,
    state: states.find((state) => state === values.state),
  };
  const query = useRead('GET /api/payments', { query: { ...filter, after } });
  return (
    <DataPage<Payment>
      title={t('payments.title')}
      intro={t('payments.intro')}
      label={t('payments.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={usePaymentColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/payments.csv', {}, filter)}
      empty={{
        title: t('payments.emptyTitle'),
        hint: t('payments.emptyHint'),
        action: <LinkButton to={paths.units()}>{t('payments.toUnits')}</LinkButton>,
      }}
      filters={
        <>
          <FilterSearch
            label={t('ui:search')}
            placeholder={t('payments.searchHint')}
            value={values.search}
            onChange={(search) => set({ search })}
          />
          <FilterSelect
            label={t('payments.state')}
            value={values.state}
            width={120}
            onChange={(state) => set({ state })}
            options={states.map((value) => ({ value, label: t(`payments.state.${value}`) }))}
          />
          <FilterSelect
            label={t('payments.channel')}
            value={values.channel}
            width={130}
            onChange={(channel) => set({ channel })}
            options={wayOptions}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <FilterDay
            label={t('payments.from')}
            value={values.from}
            onChange={(from) => set({ from })}
          />
          <FilterDay label={t('payments.to')} value={values.to} onChange={(to) => set({ to })} />
        </>
      }
    />
  );
}

function usePaymentColumns(): NonNullable<TableProps<Payment>['columns']> {
  const { t } = useTranslation(['payment', 'ui']);
  const [language] = useLanguage();
  const { label } = useChannels();
  const when = (at: string | null) => (
    <span className="figure">{at ? instantText(at, language) : t('ui:none')}</span>
  );
  return [
    {
      title: t('payments.createdAt'),
      render: (_value, { id, createdAt }) => <Link to={paths.payment(id)}>{when(createdAt)}</Link>,
    },
    {
      title: t('payments.unit'),
      render: (_value, payment) => (
        <div>
          <Link to={paths.unit(payment.unitId)} className="nowrap">
            {unitsText(t, payment)}
          </Link>
          <div className="muted">{payment.communityName}</div>
        </div>
      ),
    },
    {
      title: t('payments.channel'),
      render: (_value, { channel }) => label(channel),
    },
    moneyColumn<Payment>(t('payments.amount'), ({ amountFen }) => amountFen, 'amount'),
    {
      title: t('payments.state'),
      render: (_value, payment) => <PaymentStateTag payment={payment} />,
    },
    { title: t('payments.paidAt'), render: (_value, { paidAt }) => when(paidAt) },
    {
      title: t('payments.orderNo'),
      render: (_value, { orderNo }) => (
        <span className="mono nowrap">{orderNo ?? t('ui:none')}</span>
      ),
    },
  ];
}
