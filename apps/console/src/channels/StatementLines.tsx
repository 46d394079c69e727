import { useTranslation } from 'react-i18next';
import { DataTable } from '../ui/DataTable.tsx';
import { moneyColumn } from '../ui/Money.tsx';
import type { StatementAnswer } from './StatementPage.tsx';

type Line = NonNullable<StatementAnswer['statement']>['lines'][number];
type NumberedLine = Line & { readonly row: number };

interface StatementLinesProps {
  readonly lines: readonly Line[];
  readonly total: number;
}

export function StatementLines({ lines, total }: StatementLinesProps) {
  const { t } = useTranslation(['channels', 'ui']);
  const number = (text: string) => <span className="mono nowrap">{text || t('ui:none')}</span>;
  const rows = lines.map((line, index): NumberedLine => ({ ...line, row: index + 1 }));
  return (
    <>
      {lines.length < total && <span>{t('statement.more', { count: lines.length })}</span>}
      <DataTable<NumberedLine>
        label={t('statement.lines')}
        size="small"
        dataSource={rows}
        rowKey="row"
        columns={[
          { title: t('line.kind'), render: (_value, { kind }) => t(`line.kind.${kind}`) },
          { title: t('line.at'), render: (_value, { at }) => <span className="figure">{at}</span> },
          moneyColumn<NumberedLine>(t('line.amount'), ({ amountFen }) => amountFen, 'amount'),
          {
            title: t('line.fee'),
            align: 'right',
            render: (_value, { feeYuan }) => <span className="figure">¥{feeYuan}</span>,
          },
          { title: t('line.orderNo'), render: (_value, { orderNo }) => number(orderNo) },
          { title: t('line.tradeNo'), render: (_value, { tradeNo }) => number(tradeNo) },
          { title: t('line.refundNo'), render: (_value, { refundNo }) => number(refundNo) },
          { title: t('line.state'), dataIndex: 'state' },
        ]}
      />
    </>
  );
}
