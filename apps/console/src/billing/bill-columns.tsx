import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '../api/client.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { dayText, monthText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { BillStateTag } from './BillStateTag.tsx';

export type Bill = Item<'GET /api/bills'>;

type Name = 'unit' | 'community' | 'month' | 'dueOn' | 'paid' | 'explanation';

/** The columns of a list of bills; those named in `without` are plain from the page around it. */
export function useBillColumns(
  without: readonly Name[] = [],
): NonNullable<TableProps<Bill>['columns']> {
  const { t } = useTranslation(['billing', 'choices']);
  const [language] = useLanguage();
  const columns: NonNullable<TableProps<Bill>['columns']> = [
    {
      key: 'unit',
      title: t('bills.unit'),
      render: (_value, { unitId, unitLabel }) => (
        <Link to={paths.unit(unitId)} className="nowrap">
          {unitLabel}
        </Link>
      ),
    },
    {
      key: 'community',
      title: t('choices:community'),
      dataIndex: 'communityName',
      responsive: ['md'],
    },
    {
      key: 'feeItem',
      title: t('run.feeItem'),
      render: (_value, { id, feeItemName }) => <Link to={paths.bill(id)}>{feeItemName}</Link>,
    },
    {
      key: 'month',
      title: t('bills.month'),
      render: (_value, { month }) => <span className="figure">{monthText(month, language)}</span>,
    },
    moneyColumn<Bill>(t('bills.amount'), ({ amountFen }) => amountFen, 'amount'),
    moneyColumn<Bill>(t('bills.paid'), ({ paidFen }) => paidFen, 'paid'),
    moneyColumn<Bill>(t('bills.open'), ({ openFen }) => openFen, 'open'),
    {
      key: 'state',
      title: t('bills.state'),
      render: (_value, { state }) => <BillStateTag state={state} />,
    },
    {
      key: 'dueOn',
      title: t('bills.dueOn'),
      render: (_value, { dueOn }) => <span className="figure">{dayText(dueOn, language)}</span>,
    },
    {
      key: 'explanation',
      title: t('bills.explanation'),
      render: (_value, { explanation }) => (
        <div className="muted wrapping">{explanation[language]}</div>
      ),
    },
  ];
  return columns.filter(({ key }) => !without.some((name) => name === key));
}
