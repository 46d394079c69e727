import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { DataList } from '../ui/DataPage.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import type { Import } from './ImportPage.tsx';

type Problem = Item<'GET /api/imports/:importId/problems'>;

const severities = ['error', 'warning'] as const;

/** Each row that cannot be taken, or that somebody should look at: where, what, why, what to do. */
export function ImportProblems({ one }: { readonly one: Import }) {
  const { t } = useTranslation('estate');
  const hasProblems = one.totals.bad + one.totals.warnings > 0;
  if (!hasProblems && one.state === 'applied') return null;
  const url = addressOf('/api/imports/:importId/problems.csv', { importId: one.id });
  return (
    <Card
      title={<h2 className="card-title">{t('problems.title')}</h2>}
      extra={
        hasProblems && (
          <Button href={url} download icon={<DownloadOutlined aria-hidden />}>
            {t('problems.download')}
          </Button>
        )
      }
    >
      {hasProblems ? (
        <div className="stack">
          {one.totals.bad > 0 && one.state === 'checked' && <span>{t('problems.errorHint')}</span>}
          <ProblemList importId={one.id} />
        </div>
      ) : (
        <EmptyNotice title={t('problems.none')} hint={t('problems.noneHint')} />
      )}
    </Card>
  );
}

function ProblemList({ importId }: { readonly importId: string }) {
  const { t } = useTranslation(['estate', 'ui']);
  const { values, after, set, clear, isFiltered } = useUrlFilters(['severity']);
  const severity = severities.find((one) => one === values.severity);
  const query = useRead('GET /api/imports/:importId/problems', {
    params: { importId },
    query: { severity, after },
  });
  return (
    <DataList<Problem>
      label={t('problems.title')}
      query={query}
      rowKey={({ id }) => id}
      isFiltered={isFiltered}
      onClearFilters={clear}
      empty={{ title: t('problems.none'), hint: t('problems.noneHint') }}
      filters={
        <FilterSelect
          label={t('problems.severity')}
          value={values.severity}
          onChange={(next) => set({ severity: next })}
          options={severities.map((value) => ({ value, label: t(`problems.severity.${value}`) }))}
        />
      }
      columns={[
        {
          title: t('problems.severity'),
          render: (_value, problem) => (
            <StateTag tone={problem.severity === 'error' ? 'error' : 'warning'}>
              {t(`problems.severity.${problem.severity}`)}
            </StateTag>
          ),
        },
        {
          title: t('problems.where'),
          render: (_value, { sheet, row, column }) => (
            <span className="nowrap">
              {column === null
                ? t('problems.cell', { sheet, row })
                : t('problems.cellColumn', { sheet, row, column })}
            </span>
          ),
        },
        { title: t('problems.header'), render: (_value, { header }) => header ?? t('ui:none') },
        { title: t('problems.value'), render: (_value, { value }) => value ?? t('ui:none') },
        {
          title: t('problems.reason'),
          render: (_value, { reason }) => <div className="wrapping">{reason}</div>,
        },
        {
          title: t('problems.advice'),
          render: (_value, { advice }) => <div className="wrapping">{advice}</div>,
        },
      ]}
    />
  );
}
