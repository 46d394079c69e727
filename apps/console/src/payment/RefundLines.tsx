import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { monthText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import type { Refund } from './RefundPage.tsx';

type Line = Refund['lines'][number];

/** What goes back of which bill. */
export function RefundLines({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  return (
    <DataTable<Line>
      label={t('lines')}
      size="small"
      dataSource={lines}
      rowKey="billId"
      columns={[
        {
          title: t('item'),
          render: (_value, { billId, feeItemName }) => (
            <Link to={paths.bill(billId)}>{feeItemName}</Link>
          ),
        },
        {
          title: t('month'),
          render: (_value, { month }) => (
            <span className="figure">{monthText(month, language)}</span>
          ),
        },
        moneyColumn<Line>(t('settled'), ({ settledFen }) => settledFen, 'settled'),
        moneyColumn<Line>(t('refundedBefore'), ({ refundedFen }) => refundedFen, 'refunded'),
        moneyColumn<Line>(t('lineAmount'), ({ amountFen }) => amountFen, 'amount'),
      ]}
    />
  );
}
