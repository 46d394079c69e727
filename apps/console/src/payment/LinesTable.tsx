import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { dayText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import type { Payment } from './PaymentPage.tsx';

type Line = Payment['lines'][number];

/** The bills that the payment is for. */
export function LinesTable({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useTranslation(['payment', 'billing', 'refund']);
  const [language] = useLanguage();
  const isOfSeveral = new Set(lines.map(({ unitId }) => unitId)).size > 1;
  return (
    <DataTable<Line>
      label={t('payment.lines')}
      size="small"
      dataSource={lines}
      rowKey="billId"
      columns={[
        ...(isOfSeveral
          ? [
              {
                title: t('payments.unit'),
                key: 'unit',
                render: (_value: unknown, { unitId, unitLabel }: Line) => (
                  <Link to={paths.unit(unitId)} className="nowrap">
                    {unitLabel}
                  </Link>
                ),
              },
            ]
          : []),
        {
          title: t('payment.feeItem'),
          render: (_value, { billId, feeItemName }) => (
            <Link to={paths.bill(billId)}>{feeItemName}</Link>
          ),
        },
        {
          title: t('payment.period'),
          render: (_value, { periodStart, periodEnd }) => (
            <span className="figure">
              {t('billing:bills.periodText', {
                from: dayText(periodStart, language),
                to: dayText(periodEnd, language),
              })}
            </span>
          ),
        },
        moneyColumn<Line>(t('payment.lineAmount'), ({ amountFen }) => amountFen, 'amount'),
        moneyColumn<Line>(t('payment.lineSettled'), ({ settledFen }) => settledFen, 'settled'),
        moneyColumn<Line>(t('refund:refunded'), ({ refundedFen }) => refundedFen, 'refunded'),
      ]}
    />
  );
}
