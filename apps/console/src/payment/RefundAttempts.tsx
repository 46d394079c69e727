import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { preciseText } from '../ui/format.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';
import type { Refund } from './RefundPage.tsx';

type Attempt = Refund['attempts'][number];

const tones: Record<Attempt['state'], Tone> = {
  requested: 'processing',
  pending: 'processing',
  refused: 'error',
  failed: 'error',
  refunded: 'success',
  returned: 'error',
};
const answers = [
  'accepted',
  'pending',
  'unknown',
  'not-found',
  'refused',
  'failed',
  'refunded',
  'other-amount',
] as const;

/** The numbers under which the channel was asked, and what it said. */
export function RefundAttempts({ refund }: { readonly refund: Refund }) {
  const { t } = useTranslation(['refund', 'ui']);
  const [language] = useLanguage();
  if (refund.attempts.length === 0) {
    const isDesk = refund.merchantAccountName === null;
    return <p className="page-intro">{t(isDesk ? 'attemptsDesk' : 'attemptsNone')}</p>;
  }
  const said = (answer: string | null) => {
    const known = answers.find((one) => one === answer);
    return known ? t(`answer.${known}`) : t('answer.refunded');
  };
  return (
    <DataTable<Attempt>
      label={t('attempts')}
      size="small"
      dataSource={refund.attempts}
      rowKey="id"
      columns={[
        {
          title: t('refundNo'),
          render: (_value, { refundNo }) => <span className="mono nowrap">{refundNo}</span>,
        },
        {
          title: t('state'),
          render: (_value, { state }) => (
            <StateTag tone={tones[state]}>{t(`attempt.${state}`)}</StateTag>
          ),
        },
        {
          title: t('lastAnswer'),
          render: (_value, { lastAnswer, code, message }) =>
            lastAnswer === null ? (
              t('ui:none')
            ) : (
              <div>
                <div>{said(lastAnswer)}</div>
                {message && (
                  <div className="muted">
                    {message}（{code}）
                  </div>
                )}
              </div>
            ),
        },
        {
          title: t('sends'),
          align: 'right',
          render: (_value, { sends }) => <span className="figure">{sends}</span>,
        },
        {
          title: t('checks'),
          align: 'right',
          render: (_value, { checks }) => <span className="figure">{checks}</span>,
        },
        {
          title: t('nextCheckAt'),
          render: (_value, { nextCheckAt }) => (
            <span className="figure">
              {nextCheckAt ? preciseText(nextCheckAt, language) : t('ui:none')}
            </span>
          ),
        },
      ]}
    />
  );
}
