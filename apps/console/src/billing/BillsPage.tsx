import { useTranslation } from 'react-i18next';
import { addressOf, type Query } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { CommunityFilter, FeeItemFilter } from '../choices/ChoiceFilters.tsx';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterMonth, FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { countText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Money } from '../ui/Money.tsx';
import { Tile } from '../ui/Tile.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { type Bill, useBillColumns } from './bill-columns.tsx';

const names = ['communityId', 'unitId', 'feeItemId', 'state', 'month', 'search'] as const;
const states = ['open', 'overdue', 'settled', 'void'] as const;

export function BillsPage() {
  const { t } = useTranslation(['billing', 'ui', 'choices']);
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const filter = { ...values, state: states.find((state) => state === values.state) };
  const query = useRead('GET /api/bills', { query: { ...filter, after } });
  const stateText = (state: (typeof states)[number]) =>
    state === 'open' ? t('bills.stateAllOpen') : t(`bills.state.${state}`);
  return (
    <DataPage<Bill>
      title={t('bills.title')}
      intro={t('bills.intro')}
      label={t('bills.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useBillColumns(['explanation'])}
      above={<BillTotals filter={filter} />}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/bills.csv', {}, filter)}
      empty={{
        title: t('bills.emptyTitle'),
        hint: t('bills.emptyHint'),
        action: (
          <LinkButton type="primary" to={paths.billRuns()}>
            {t('bills.toRuns')}
          </LinkButton>
        ),
      }}
      filters={
        <>
          <FilterSearch
            label={t('ui:search')}
            placeholder={t('bills.searchHint')}
            value={values.search}
            onChange={(search) => set({ search })}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <FeeItemFilter value={values.feeItemId} onChange={(feeItemId) => set({ feeItemId })} />
          <FilterSelect
            label={t('bills.state')}
            value={values.state}
            onChange={(state) => set({ state })}
            options={states.map((value) => ({ value, label: stateText(value) }))}
          />
          <FilterMonth
            label={t('choices:month')}
            value={values.month}
            onChange={(month) => set({ month })}
          />
        </>
      }
    />
  );
}

/** What the filtered bills come to, however many pages they fill. */
function BillTotals({ filter }: { readonly filter: Query<'GET /api/bills/totals'> }) {
  const { t } = useTranslation('billing');
  const { data } = useRead('GET /api/bills/totals', { query: filter });
  return (
    <dl className="tiles" aria-busy={data === undefined}>
      <Tile label={t('bills.count')} value={data ? countText(data.billCount) : '…'} />
      <Tile label={t('bills.amount')} value={data ? <Money fen={data.amountFen} /> : '…'} />
      <Tile label={t('bills.paid')} value={data ? <Money fen={data.paidFen} /> : '…'} />
      <Tile label={t('bills.open')} value={data ? <Money fen={data.openFen} /> : '…'} />
    </dl>
  );
}
