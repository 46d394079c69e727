import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { preciseText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { useAccountName } from './account-name.ts';
import type { Payment } from './PaymentPage.tsx';

type Posting = Payment['postings'][number];

/** What the ledger says of it: which account gave, which took. */
export function PostingsTable({ postings }: { readonly postings: readonly Posting[] }) {
  const { t } = useTranslation('payment');
  const [language] = useLanguage();
  const nameOf = useAccountName();
  if (postings.length === 0) return <p className="page-intro">{t('payment.postingsNone')}</p>;
  return (
    <DataTable<Posting>
      label={t('payment.postings')}
      size="small"
      dataSource={postings}
      rowKey="id"
      columns={[
        {
          title: t('payment.postedAt'),
          render: (_value, { postedAt }) => (
            <span className="figure">{preciseText(postedAt, language)}</span>
          ),
        },
        { title: t('payment.debit'), render: (_value, { debit }) => nameOf(debit) },
        { title: t('payment.credit'), render: (_value, { credit }) => nameOf(credit) },
        moneyColumn<Posting>(t('payments.amount'), ({ amountFen }) => amountFen, 'amount'),
      ]}
    />
  );
}
