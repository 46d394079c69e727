import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { DataList } from '../ui/DataPage.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import type { BankImport } from './ImportPage.tsx';
import type { Totals } from './ImportTotals.tsx';

type Problem = Item<'GET /api/bank-imports/:bankImportId/problems'>;

/** Each row that cannot be read, or that somebody should look at: where, what, why, what to do. */
export function ImportProblems({
  one,
  totals,
}: {
  readonly one: BankImport;
  readonly totals: Totals;
}) {
  const { t } = useTranslation('bank');
  if (totals.bad + totals.warnings === 0) return null;
  const url = addressOf('/api/bank-imports/:bankImportId/problems.csv', { bankImportId: one.id });
  return (
    <Card
      title={<h2 className="card-title">{t('problems.title')}</h2>}
      extra={
        <Button href={url} download icon={<DownloadOutlined aria-hidden />}>
          {t('problems.download')}
        </Button>
      }
    >
      <div className="stack">
        {totals.bad > 0 && <span>{t('problems.hint')}</span>}
        <ProblemList bankImportId={one.id} />
      </div>
    </Card>
  );
}

function ProblemList({ bankImportId }: { readonly bankImportId: string }) {
  const { t } = useTranslation(['bank', 'ui']);
  const { after } = useUrlFilters([]);
  const query = useRead('GET /api/bank-imports/:bankImportId/problems', {
    params: { bankImportId },
    query: { after },
  });
  const where = ({ row, column }: Problem) =>
    column === null ? t('problems.row', { row }) : t('problems.rowColumn', { row, column });
  return (
    <DataList<Problem>
      label={t('problems.title')}
      query={query}
      rowKey={({ id }) => id}
      empty={{ title: t('problems.none'), hint: t('problems.noneHint') }}
      columns={[
        {
          title: t('problems.severity'),
          render: (_value, { severity }) => (
            <StateTag tone={severity}>{t(`problems.severity.${severity}`)}</StateTag>
          ),
        },
        {
          title: t('problems.where'),
          render: (_value, problem) => <span className="nowrap">{where(problem)}</span>,
        },
        {
          title: t('problems.value'),
          render: (_value, { header, value }) =>
            [header, value].filter(Boolean).join('：') || t('ui:none'),
        },
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
