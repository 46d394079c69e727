import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { type Adjustment, useAdjustmentColumns } from './adjustment-columns.tsx';

const states = ['requested', 'applied', 'rejected', 'cancelled'] as const;

/** What was taken off single bills, and what waits for a second person. */
export function AdjustmentsPage() {
  const { t } = useTranslation('billing');
  const { values, after, set, clear, isFiltered } = useUrlFilters(['state', 'communityId']);
  const filter = { ...values, state: states.find((one) => one === values.state) };
  const query = useRead('GET /api/bill-adjustments', { query: { ...filter, after } });
  return (
    <DataPage<Adjustment>
      title={t('adjust.title')}
      intro={t('adjust.intro')}
      label={t('adjust.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useAdjustmentColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/bill-adjustments.csv', {}, filter)}
      empty={{ title: t('adjust.empty'), hint: t('adjust.emptyHint') }}
      filters={
        <>
          <FilterSelect
            label={t('adjust.state')}
            value={values.state}
            onChange={(state) => set({ state })}
            options={states.map((value) => ({ value, label: t(`adjust.${value}`) }))}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
        </>
      }
    />
  );
}
