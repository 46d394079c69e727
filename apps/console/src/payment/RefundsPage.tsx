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
import { RefundStateTag } from './RefundStateTag.tsx';

type Refund = Item<'GET /api/refunds'>;

const names = [
  'state',
  'communityId',
  'channel',
  'search',
  'from',
  'to',
  'paymentId',
  'billId',
  'caseId',
] as const;
const states = [
  'open',
  'requested',
  'approved',
  'processing',
  'refused',
  'failed',
  'refunded',
  'returned',
  'rejected',
  'cancelled',
] as const;

/** Every refund, from the request to the payer. */
export function RefundsPage() {
  const { t } = useTranslation(['refund', 'ui']);
  const { wayOptions } = useChannels();
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const filter = { ...values, state: states.find((state) => state === values.state) };
  const query = useRead('GET /api/refunds', { query: { ...filter, after } });
  return (
    <DataPage<Refund>
      title={t('title')}
      intro={t('intro')}
      label={t('title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useRefundColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/refunds.csv', {}, filter)}
      empty={{
        title: t('emptyTitle'),
        hint: t('emptyHint'),
        action: <LinkButton to={paths.payments()}>{t('toPayments')}</LinkButton>,
      }}
      filters={
        <>
          <FilterSearch
            label={t('ui:search')}
            placeholder={t('searchHint')}
            value={values.search}
            onChange={(search) => set({ search })}
          />
          <FilterSelect
            label={t('state')}
            value={values.state}
            onChange={(state) => set({ state })}
            options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <FilterSelect
            label={t('channel')}
            value={values.channel}
            width={130}
            onChange={(channel) => set({ channel })}
            options={wayOptions}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <FilterDay label={t('from')} value={values.from} onChange={(from) => set({ from })} />
          <FilterDay label={t('to')} value={values.to} onChange={(to) => set({ to })} />
        </>
      }
    />
  );
}

function useRefundColumns(): NonNullable<TableProps<Refund>['columns']> {
  const { t } = useTranslation(['refund', 'ui']);
  const [language] = useLanguage();
  const { label } = useChannels();
  const when = (at: string | null) => (
    <span className="figure">{at ? instantText(at, language) : t('ui:none')}</span>
  );
  return [
    {
      title: t('name'),
      render: (_value, { id, refundName }) => (
        <Link to={paths.refund(id)} className="nowrap">
          {refundName}
        </Link>
      ),
    },
    { title: t('state'), render: (_value, { state }) => <RefundStateTag state={state} /> },
    moneyColumn<Refund>(t('amount'), ({ amountFen }) => amountFen, 'amount'),
    {
      title: t('unit'),
      render: (_value, { unitId, unitLabel, communityName }) =>
        unitId && unitLabel ? (
          <div>
            <Link to={paths.unit(unitId)} className="nowrap">
              {unitLabel}
            </Link>
            <div className="muted">{communityName}</div>
          </div>
        ) : (
          t('ui:none')
        ),
    },
    { title: t('channel'), render: (_value, { channel }) => label(channel) },
    { title: t('kind'), render: (_value, { kind }) => t(`kind.${kind}`) },
    {
      title: t('reason'),
      render: (_value, { reason }) => <div className="wrapping">{reason}</div>,
    },
    {
      title: t('requestedBy'),
      render: (_value, { requestedBy, requestedAt }) => (
        <div>
          <div>{requestedBy}</div>
          <div className="muted">{when(requestedAt)}</div>
        </div>
      ),
    },
    { title: t('decidedBy'), render: (_value, { decidedBy }) => decidedBy ?? t('ui:none') },
    { title: t('refundedAt'), render: (_value, { refundedAt }) => when(refundedAt) },
  ];
}
