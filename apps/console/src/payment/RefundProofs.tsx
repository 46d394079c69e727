import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { preciseText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import type { Refund } from './RefundPage.tsx';
import './payment.css';

type Proof = Refund['proofs'][number];

/** Evidence that the money went back, with the channel's own words folded away. */
export function RefundProofs({ proofs }: { readonly proofs: readonly Proof[] }) {
  const { t } = useTranslation(['refund', 'payment', 'ui']);
  const [language] = useLanguage();
  if (proofs.length === 0) return <p className="page-intro">{t('proofsNone')}</p>;
  return (
    <DataTable<Proof>
      label={t('proofs')}
      size="small"
      dataSource={proofs}
      rowKey="id"
      columns={[
        {
          title: t('receivedAt'),
          render: (_value, { receivedAt }) => (
            <span className="figure">{preciseText(receivedAt, language)}</span>
          ),
        },
        { title: t('proofSource'), render: (_value, { source }) => t(`proof.${source}`) },
        moneyColumn<Proof>(t('amount'), ({ amountFen }) => amountFen, 'amount'),
        {
          title: t('refundNo'),
          render: (_value, { refundNo }) => <span className="mono nowrap">{refundNo}</span>,
        },
        {
          title: t('payment:payment.body'),
          render: (_value, { body }) =>
            body === null ? (
              t('ui:none')
            ) : (
              <details>
                <summary>{t('payment:payment.body')}</summary>
                <pre className="mono raw-message">{body}</pre>
              </details>
            ),
        },
      ]}
    />
  );
}
