import { fen, yuanAmount } from '@wuye-pay/money';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { countText, monthText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import type { Run } from './BillRunPage.tsx';

type Total = Run['totals'][number];

/** Bills and amounts by fee item, beside those of the month before. */
export function RunTotals({ run }: { readonly run: Run }) {
  const { t } = useTranslation('billing');
  const [language] = useLanguage();
  const { comparedWithMonth } = run;
  const count = (value: number) => <span className="figure">{countText(value)}</span>;
  return (
    <section className="stack-tight">
      <h2 className="card-title">{t('run.totals')}</h2>
      <p className="page-intro">
        {comparedWithMonth
          ? t('run.comparedWith', { month: monthText(comparedWithMonth, language) })
          : t('run.noPrevious')}
      </p>
      <DataTable<Total>
        label={t('run.totals')}
        dataSource={[...run.totals, ...sumOf(run.totals, t('run.sum'))]}
        rowKey="feeItemId"
        columns={[
          { title: t('run.feeItem'), dataIndex: 'feeItemName' },
          {
            title: t('run.count'),
            align: 'right',
            render: (_value, { billCount }) => count(billCount),
          },
          moneyColumn<Total>(t('runs.amount'), ({ amountFen }) => amountFen, 'amount'),
          ...(comparedWithMonth
            ? [
                {
                  title: t('run.previousCount'),
                  align: 'right' as const,
                  render: (_value: unknown, total: Total) => count(total.previousCount),
                },
                moneyColumn<Total>(
                  t('run.previousAmount'),
                  (total) => total.previousAmountFen,
                  'previous',
                ),
                {
                  title: t('run.change'),
                  align: 'right' as const,
                  render: (_value: unknown, total: Total) => (
                    <span className="money">{changeText(total)}</span>
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

function changeText({ amountFen, previousAmountFen }: Total): string {
  const change = fen(amountFen - previousAmountFen);
  return change > 0 ? `+${yuanAmount(change)}` : yuanAmount(change);
}

/** One more row when there is more than one to add up. */
function sumOf(totals: readonly Total[], label: string): Total[] {
  if (totals.length < 2) return [];
  const add = (pick: (total: Total) => number) =>
    totals.reduce((sum, total) => sum + pick(total), 0);
  return [
    {
      feeItemId: 'sum',
      feeItemName: label,
      billCount: add((total) => total.billCount),
      amountFen: add((total) => total.amountFen),
      previousCount: add((total) => total.previousCount),
      previousAmountFen: add((total) => total.previousAmountFen),
    },
  ];
}
