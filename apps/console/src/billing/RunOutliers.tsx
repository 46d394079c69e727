import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import type { Run } from './BillRunPage.tsx';

type Outlier = Run['outliers'][number];

/** Bills that deserve a look before they are published. */
export function RunOutliers({ run }: { readonly run: Run }) {
  const { t } = useTranslation(['billing', 'ui']);
  return (
    <section className="stack-tight">
      <h2 className="card-title">{t('run.outliers')}</h2>
      {run.outliers.length === 0 ? (
        <p className="page-intro">{t('run.outliersNone')}</p>
      ) : (
        <>
          <p className="page-intro">{t('run.outliersIntro')}</p>
          <DataTable<Outlier>
            label={t('run.outliers')}
            size="small"
            dataSource={run.outliers}
            rowKey={({ billId, kind }) => `${kind} ${billId}`}
            columns={[
              {
                title: t('run.kind'),
                render: (_value, { kind }) => (
                  <StateTag tone={kind === 'largest' ? 'processing' : 'warning'}>
                    {t(`run.outlier.${kind}`)}
                  </StateTag>
                ),
              },
              {
                title: t('bills.unit'),
                render: (_value, { unitId, unitLabel }) => (
                  <Link to={paths.unit(unitId)}>{unitLabel}</Link>
                ),
              },
              { title: t('run.feeItem'), dataIndex: 'feeItemName' },
              moneyColumn<Outlier>(t('runs.amount'), ({ amountFen }) => amountFen, 'amount'),
              {
                title: t('run.previousAmount'),
                align: 'right',
                render: (_value, { previousAmountFen }) =>
                  previousAmountFen === null ? t('ui:none') : <Money fen={previousAmountFen} />,
              },
              {
                title: t('bills.explanation'),
                render: (_value, { billId }) => (
                  <Link to={paths.bill(billId)}>{t('bills.explanation')}</Link>
                ),
              },
            ]}
          />
        </>
      )}
    </section>
  );
}
