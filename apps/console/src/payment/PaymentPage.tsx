import { fen, yuanAmount } from '@wuye-pay/money';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import { History } from '../ui/History.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { AttemptsTable } from './AttemptsTable.tsx';
import { actorText } from './actor-text.ts';
import { CaseLinks } from './CaseLinks.tsx';
import { LinesTable } from './LinesTable.tsx';
import { PaymentStateTag } from './PaymentStateTag.tsx';
import { PostingsTable } from './PostingsTable.tsx';
import { ProofsTable } from './ProofsTable.tsx';
import { RefundButton } from './RefundButton.tsx';
import { RefundsCard } from './RefundsOf.tsx';
import { unitsText } from './units-text.ts';

export type Payment = Answer<'GET /api/payments/:paymentId'>;

/** While the channel has not decided, the page follows it. */
const openRefreshMs = 3_000;

export function PaymentPage() {
  const { paymentId = '' } = useParams();
  const query = useRead(
    'GET /api/payments/:paymentId',
    { params: { paymentId } },
    { refreshMs: (data) => data?.state === 'open' && openRefreshMs },
  );
  return <Loaded query={query}>{(payment) => <PaymentView payment={payment} />}</Loaded>;
}

function PaymentView({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation('payment');
  const [language] = useLanguage();
  const channels = useChannels();
  const title = t('payment.title', {
    unit: unitsText(t, payment),
    amount: yuanAmount(fen(payment.amountFen)),
  });
  const section = (name: 'lines' | 'timeline' | 'attempts' | 'proofs' | 'postings') => (
    <h2 className="card-title">{t(`payment.${name}`)}</h2>
  );
  return (
    <Page
      title={title}
      intro={payment.communityName}
      parent={{ label: t('payment.parent'), to: paths.payments() }}
      badge={<PaymentStateTag payment={payment} />}
      actions={
        <>
          <CheckButton payment={payment} />
          {payment.lines.length > 0 && payment.state === 'paid' && (
            <Button href={`/api/payments/${payment.id}/receipt.pdf`} target="_blank">
              {t('payment.receipt')}
            </Button>
          )}
          <RefundButton payment={payment} />
        </>
      }
    >
      {payment.cases.length > 0 && <CaseLinks cases={payment.cases} />}
      <Card>
        <PaymentFacts payment={payment} />
      </Card>
      {payment.lines.length > 0 && (
        <Card title={section('lines')}>
          <LinesTable lines={payment.lines} />
        </Card>
      )}
      {payment.state === 'paid' && <RefundsCard refunds={payment.refunds} />}
      <Card title={section('timeline')}>
        <History
          entries={payment.timeline.map(({ at, kind, text, actor }, index) => ({
            key: `${index} ${at}`,
            at,
            what: text[language],
            who: actor ? actorText(t, channels, actor) : undefined,
            tone: kind === 'proof' ? 'good' : kind === 'surplus' ? 'bad' : 'plain',
          }))}
        />
      </Card>
      <Card title={section('attempts')}>
        <AttemptsTable attempts={payment.attempts} />
      </Card>
      <Card title={section('proofs')}>
        <ProofsTable proofs={payment.proofs} />
      </Card>
      <Card title={section('postings')}>
        <PostingsTable postings={payment.postings} />
      </Card>
    </Page>
  );
}

function CheckButton({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation('payment');
  const [language] = useLanguage();
  const { done, failed } = useMessages();
  const check = useWrite('POST /api/payments/:paymentId/check');
  const action = payment.allowedActions.find((one) => one.action === 'check');
  if (!action) return null;
  return (
    <ActionButton
      loading={check.isPending}
      whyNot={action.allowed ? undefined : (action.reason?.[language] ?? '')}
      onClick={() =>
        check.mutate(
          { params: { paymentId: payment.id } },
          { onSuccess: () => done(t('payment.checked')), onError: failed },
        )
      }
    >
      {t('payment.check')}
    </ActionButton>
  );
}

function PaymentFacts({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation(['payment', 'refund', 'ui']);
  const [language] = useLanguage();
  const { label } = useChannels();
  const when = (at: string) => instantText(at, language);
  const surplus = payment.amountFen - payment.settledFen - payment.topUpFen;
  const units = [payment, ...payment.furtherUnits];
  const number = (text: string | null) => <span className="mono">{text ?? t('ui:none')}</span>;
  return (
    <Facts
      facts={[
        {
          label: t('payments.unit'),
          value: (
            <div className="row">
              {units.map(({ unitId, unitLabel }) => (
                <Link key={unitId} to={paths.unit(unitId)}>
                  {unitLabel}
                </Link>
              ))}
            </div>
          ),
        },
        { label: t('payments.channel'), value: label(payment.channel) },
        { label: t('payment.source'), value: t(`payment.source.${payment.source}`) },
        { label: t('payments.amount'), value: <Money fen={payment.amountFen} strong /> },
        { label: t('payment.settled'), value: <Money fen={payment.settledFen} /> },
        ...(payment.topUpFen > 0
          ? [{ label: t('payment.topUp'), value: <Money fen={payment.topUpFen} /> }]
          : []),
        ...(payment.state === 'paid' && surplus > 0
          ? [{ label: t('payment.surplus'), value: <Money fen={surplus} /> }]
          : []),
        ...(payment.refundedFen > 0
          ? [{ label: t('refund:refunded'), value: <Money fen={payment.refundedFen} /> }]
          : []),
        ...(payment.refundingFen > 0
          ? [{ label: t('refund:refunding'), value: <Money fen={payment.refundingFen} /> }]
          : []),
        { label: t('payment.payer'), value: number(payment.payer) },
        { label: t('payment.account'), value: payment.merchantAccountName ?? t('ui:none') },
        { label: t('payments.orderNo'), value: number(payment.orderNo) },
        { label: t('payments.tradeNo'), value: number(payment.tradeNo) },
        { label: t('payments.createdAt'), value: when(payment.createdAt) },
        ...(payment.state === 'open'
          ? [{ label: t('payment.expiresAt'), value: when(payment.expiresAt) }]
          : []),
        ...(payment.paidAt ? [{ label: t('payments.paidAt'), value: when(payment.paidAt) }] : []),
        ...(payment.closedAt
          ? [{ label: t('payment.closedAt'), value: when(payment.closedAt) }]
          : []),
        ...(payment.closeReason
          ? [
              {
                label: t('payment.closeReason'),
                value: t(`payment.close.${payment.closeReason}`),
              },
            ]
          : []),
      ]}
    />
  );
}
