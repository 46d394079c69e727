import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterMonth, FilterSelect } from '../ui/Filters.tsx';
import { countText, instantText, monthText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { BillRunForm } from './BillRunForm.tsx';
import { RunStateTag } from './RunStateTag.tsx';

type Run = Item<'GET /api/bill-runs'>;

const states = ['draft', 'published', 'voided'] as const;

export function BillRunsPage() {
  const { t } = useTranslation(['billing', 'choices']);
  const { can } = useSession();
  const [isAdding, setAdding] = useState(false);
  const { values, after, set, clear, isFiltered } = useUrlFilters([
    'communityId',
    'month',
    'state',
  ]);
  const filter = { ...values, state: states.find((state) => state === values.state) };
  const query = useRead('GET /api/bill-runs', { query: { ...filter, after } });
  const add = can('billing.issue') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('runs.add')}
    </Button>
  );
  return (
    <>
      <DataPage<Run>
        title={t('runs.title')}
        intro={t('runs.intro')}
        label={t('runs.title')}
        query={query}
        rowKey={({ id }) => id}
        columns={useRunColumns()}
        actions={add}
        isFiltered={isFiltered}
        onClearFilters={clear}
        exportUrl={addressOf('/api/bill-runs.csv', {}, filter)}
        empty={{ title: t('runs.emptyTitle'), hint: t('runs.emptyHint'), action: add }}
        filters={
          <>
            <CommunityFilter
              value={values.communityId}
              onChange={(communityId) => set({ communityId })}
            />
            <FilterMonth
              label={t('choices:month')}
              value={values.month}
              onChange={(month) => set({ month })}
            />
            <FilterSelect
              label={t('runs.state')}
              value={values.state}
              onChange={(state) => set({ state })}
              options={states.map((value) => ({ value, label: t(`runs.state.${value}`) }))}
            />
          </>
        }
      />
      <BillRunForm
        isOpen={isAdding}
        communityId={values.communityId}
        onClose={() => setAdding(false)}
      />
    </>
  );
}

function useRunColumns(): NonNullable<TableProps<Run>['columns']> {
  const { t } = useTranslation(['billing', 'ui']);
  const [language] = useLanguage();
  return [
    {
      title: t('runs.month'),
      render: (_value, { id, month }) => (
        <Link to={paths.billRun(id)} className="nowrap">
          {monthText(month, language)}
        </Link>
      ),
    },
    { title: t('runs.community'), dataIndex: 'communityName' },
    {
      title: t('runs.state'),
      render: (_value, { state }) => <RunStateTag state={state} />,
    },
    {
      title: t('runs.bills'),
      align: 'right',
      render: (_value, { billCount }) => <span className="figure">{countText(billCount)}</span>,
    },
    moneyColumn<Run>(t('runs.amount'), ({ amountFen }) => amountFen, 'amount'),
    {
      title: t('runs.skipped'),
      align: 'right',
      render: (_value, run) => <span className="figure">{countText(run.skippedCount)}</span>,
    },
    {
      title: t('runs.createdAt'),
      render: (_value, { createdAt }) => (
        <span className="figure">{instantText(createdAt, language)}</span>
      ),
    },
    {
      title: t('runs.publishedAt'),
      render: (_value, { publishedAt }) => (
        <span className="figure">
          {publishedAt ? instantText(publishedAt, language) : t('ui:none')}
        </span>
      ),
    },
  ];
}
