import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { moneyColumn } from '../ui/Money.tsx';
import { RefundStateTag } from './RefundStateTag.tsx';

type Refund = Item<'GET /api/refunds'>;

/** What went back of a bill, read by itself. */
export function RefundsOf({ filter }: { readonly filter: { readonly billId: string } }) {
  const { t } = useTranslation('refund');
  const query = useRead('GET /api/refunds', { query: { ...filter, limit: 50 } });
  return (
    <Card title={<h2 className="card-title">{t('ofBill')}</h2>}>
      <Loaded query={query} lines={2}>
        {({ items }) => <RefundsTable refunds={items} none={t('ofBillNone')} />}
      </Loaded>
    </Card>
  );
}

/** What went back of a payment, as its own answer tells. */
export function RefundsCard({ refunds }: { readonly refunds: readonly Refund[] }) {
  const { t } = useTranslation('refund');
  return (
    <Card title={<h2 className="card-title">{t('ofPayment')}</h2>}>
      <RefundsTable refunds={refunds} none={t('ofPaymentNone')} />
    </Card>
  );
}

interface RefundsTableProps {
  readonly refunds: readonly Refund[];
  readonly none: string;
}

export function RefundsTable({ refunds, none }: RefundsTableProps) {
  const { t } = useTranslation(['refund', 'ui']);
  const [language] = useLanguage();
  if (refunds.length === 0) return <p className="page-intro">{none}</p>;
  return (
    <DataTable<Refund>
      label={t('title')}
      size="small"
      dataSource={refunds}
      rowKey="id"
      columns={[
        {
          title: t('name'),
          render: (_value, { id, refundName }) => (
            <Link to={paths.refund(id)} className="nowrap">
              {refundName}
            </Link>
          ),
        },
        {
          title: t('state'),
          render: (_value, { state }) => <RefundStateTag state={state} />,
        },
        moneyColumn<Refund>(t('amount'), ({ amountFen }) => amountFen, 'amount'),
        { title: t('reason'), render: (_value, { reason }) => reason },
        { title: t('requestedBy'), render: (_value, { requestedBy }) => requestedBy },
        { title: t('decidedBy'), render: (_value, { decidedBy }) => decidedBy ?? t('ui:none') },
        {
          title: t('requestedAt'),
          render: (_value, { requestedAt }) => (
            <span className="figure">{instantText(requestedAt, language)}</span>
          ),
        },
      ]}
    />
  );
}
