import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { preciseText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import type { Payment } from './PaymentPage.tsx';
import './payment.css';

type Proof = Payment['proofs'][number];

/** Evidence of the money as it came in, with the channel's own words folded away. */
export function ProofsTable({ proofs }: { readonly proofs: readonly Proof[] }) {
  const { t } = useTranslation(['payment', 'ui']);
  const [language] = useLanguage();
  if (proofs.length === 0) return <p className="page-intro">{t('payment.proofsNone')}</p>;
  return (
    <DataTable<Proof>
      label={t('payment.proofs')}
      size="small"
      dataSource={proofs}
      rowKey="id"
      columns={[
        {
          title: t('payment.receivedAt'),
          render: (_value, { receivedAt }) => (
            <span className="figure">{preciseText(receivedAt, language)}</span>
          ),
        },
        {
          title: t('payment.proofSource'),
          render: (_value, { source }) => t(`payment.proof.${source}`),
        },
        moneyColumn<Proof>(t('payments.amount'), ({ amountFen }) => amountFen, 'amount'),
        {
          title: t('payments.tradeNo'),
          render: (_value, { tradeNo }) => (
            <span className="mono nowrap">{tradeNo ?? t('ui:none')}</span>
          ),
        },
        {
          title: t('payment.outcome'),
          render: (_value, { outcome }) => (
            <StateTag tone={outcome === 'settled' ? 'success' : 'warning'}>
              {t(`payment.outcome.${outcome ?? 'waiting'}`)}
            </StateTag>
          ),
        },
        {
          title: t('payment.body'),
          render: (_value, { body }) =>
            body === null ? (
              t('ui:none')
            ) : (
              <details>
                <summary>{t('payment.body')}</summary>
                <pre className="mono raw-message">{prettyText(body)}</pre>
              </details>
            ),
        },
      ]}
    />
  );
}

/** JSON with line breaks; anything else as it is. */
function prettyText(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // The desk's own words are not JSON.
    return body;
  }
}
