import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { DataList } from '../ui/DataPage.tsx';
import { FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import type { Run } from './BillRunPage.tsx';
import { type Bill, useBillColumns } from './bill-columns.tsx';

/** Every bill of the run. */
export function RunBills({ run }: { readonly run: Run }) {
  const { t } = useTranslation(['billing', 'ui']);
  const { values, after, set, clear, isFiltered } = useUrlFilters(['feeItemId', 'search']);
  const params = { runId: run.id };
  const query = useRead('GET /api/bill-runs/:runId/bills', { params, query: { ...values, after } });
  return (
    <DataList<Bill>
      label={t('run.tabBills')}
      query={query}
      rowKey={({ id }) => id}
      columns={useBillColumns(['community', 'month', 'paid'])}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/bill-runs/:runId/bills.csv', params, values)}
      empty={{ title: t('run.billsEmpty'), hint: t('run.billsEmptyHint') }}
      filters={
        <>
          <FilterSearch
            label={t('ui:search')}
            placeholder={t('bills.searchHint')}
            value={values.search}
            onChange={(search) => set({ search })}
          />
          <FilterSelect
            label={t('run.feeItem')}
            value={values.feeItemId}
            onChange={(feeItemId) => set({ feeItemId })}
            options={run.totals.map((total) => ({
              value: total.feeItemId,
              label: total.feeItemName,
            }))}
          />
        </>
      }
    />
  );
}
