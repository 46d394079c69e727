import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataList } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import type { Run } from './BillRunPage.tsx';

type Skipped = Item<'GET /api/bill-runs/:runId/skipped'>;

/** Who got no bill of what, and why. */
export function RunSkipped({ run }: { readonly run: Run }) {
  const { t } = useTranslation('billing');
  const [language] = useLanguage();
  const { values, after, set, clear, isFiltered } = useUrlFilters(['reason']);
  const reason = run.skipped.find((one) => one.reason === values.reason)?.reason;
  const params = { runId: run.id };
  const query = useRead('GET /api/bill-runs/:runId/skipped', { params, query: { reason, after } });
  return (
    <div className="stack">
      <p className="page-intro">{t('run.skippedIntro')}</p>
      <DataList<Skipped>
        label={t('run.skippedTitle')}
        query={query}
        rowKey={({ id }) => id}
        isFiltered={isFiltered}
        onClearFilters={clear}
        exportUrl={addressOf('/api/bill-runs/:runId/skipped.csv', params, { reason })}
        empty={{ title: t('run.skippedNone'), hint: t('run.skippedNoneHint') }}
        filters={
          <FilterSelect
            label={t('run.reason')}
            value={values.reason}
            width={260}
            onChange={(next) => set({ reason: next })}
            options={run.skipped.map((one) => ({
              value: one.reason,
              label: t('run.reasonCount', {
                reason: one.text[language],
                count: one.count,
              }),
            }))}
          />
        }
        columns={[
          {
            title: t('bills.unit'),
            render: (_value, { unitId, unitLabel }) => (
              <Link to={paths.unit(unitId)} className="nowrap">
                {unitLabel}
              </Link>
            ),
          },
          {
            title: t('run.feeItem'),
            render: (_value, { feeItemName }) => feeItemName ?? t('run.noFeeItem'),
          },
          { title: t('run.reason'), render: (_value, { text }) => text[language] },
        ]}
      />
    </div>
  );
}
