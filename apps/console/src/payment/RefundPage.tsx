import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import { History } from '../ui/History.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { Tile } from '../ui/Tile.tsx';
import { PostingsTable } from './PostingsTable.tsx';
import { RefundActions } from './RefundActions.tsx';
import { RefundAttempts } from './RefundAttempts.tsx';
import { RefundEffects } from './RefundEffects.tsx';
import { RefundLines } from './RefundLines.tsx';
import { RefundProofs } from './RefundProofs.tsx';
import { RefundStateTag } from './RefundStateTag.tsx';

export type Refund = Answer<'GET /api/refunds/:refundId'>;

/** While the channel has not decided, the page follows it. */
const openRefreshMs = 3_000;
const moving = ['approved', 'processing'];

export function RefundPage() {
  const { refundId = '' } = useParams();
  const query = useRead(
    'GET /api/refunds/:refundId',
    { params: { refundId } },
    { refreshMs: (data) => moving.includes(data?.state ?? '') && openRefreshMs },
  );
  return <Loaded query={query}>{(refund) => <RefundView refund={refund} />}</Loaded>;
}

function RefundView({ refund }: { readonly refund: Refund }) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  const { label } = useChannels();
  const isDone = refund.state === 'refunded' || refund.state === 'returned';
  const heading = (text: string) => <h2 className="card-title">{text}</h2>;
  return (
    <Page
      title={t('detailTitle', { name: refund.refundName })}
      intro={refund.reason}
      parent={{ label: t('parent'), to: paths.refunds() }}
      badge={<RefundStateTag state={refund.state} />}
      actions={<RefundActions refund={refund} />}
    >
      <dl className="tiles">
        <Tile label={t('amount')} value={<Money fen={refund.amountFen} />} />
      </dl>
      <Card title={heading(isDone ? t('effectsDone') : t('effects'))}>
        <RefundEffects effects={refund.effects} />
      </Card>
      <Card>
        <RefundFacts refund={refund} />
      </Card>
      {refund.lines.length > 0 && (
        <Card title={heading(t('lines'))}>
          <RefundLines lines={refund.lines} />
        </Card>
      )}
      <Card title={heading(t('timeline'))}>
        <History
          entries={refund.timeline.map(({ at, kind, text, actor }, index) => ({
            key: `${index} ${at}`,
            at,
            what: text[language],
            who: actor ? label(actor) : undefined,
            tone: kind === 'proof' ? 'good' : 'plain',
          }))}
        />
      </Card>
      <Card title={heading(t('attempts'))}>
        <RefundAttempts refund={refund} />
      </Card>
      <Card title={heading(t('proofs'))}>
        <RefundProofs proofs={refund.proofs} />
      </Card>
      <Card title={heading(t('postings'))}>
        <PostingsTable postings={refund.postings} />
      </Card>
    </Page>
  );
}

function RefundFacts({ refund }: { readonly refund: Refund }) {
  const { t } = useTranslation(['refund', 'ui']);
  const [language] = useLanguage();
  const { label } = useChannels();
  const none = t('ui:none');
  const when = (at: string | null) => (at ? instantText(at, language) : none);
  const { unitId, unitLabel, paymentId, caseId, caseNo, voucherNo } = refund;
  const links = [
    ...(paymentId === null
      ? []
      : [
          {
            label: t('payment'),
            value: <Link to={paths.payment(paymentId)}>{t('paymentLink')}</Link>,
          },
        ]),
    ...(caseId === null
      ? []
      : [{ label: t('case'), value: <Link to={paths.suspenseCase(caseId)}>{caseNo}</Link> }]),
  ];
  const voucher =
    voucherNo === null
      ? []
      : [
          { label: t('voucherNo'), value: voucherNo },
          { label: t('payeeName'), value: refund.payeeName ?? none },
          { label: t('payoutNote'), value: refund.payoutNote ?? none },
        ];
  return (
    <Facts
      facts={[
        { label: t('kind'), value: t(`kind.${refund.kind}`) },
        { label: t('effect'), value: t(`effect.${refund.billEffect ?? 'none'}`) },
        {
          label: t('unit'),
          value: unitId ? <Link to={paths.unit(unitId)}>{unitLabel}</Link> : none,
        },
        ...links,
        { label: t('channel'), value: label(refund.channel) },
        { label: t('account'), value: refund.merchantAccountName ?? none },
        { label: t('orderNo'), value: <span className="mono">{refund.orderNo}</span> },
        { label: t('refundNo'), value: <span className="mono">{refund.refundNo ?? none}</span> },
        {
          label: t('requestedBy'),
          value: refund.isByPolicy ? (
            <Link to={paths.refundPolicies()}>{t('byPolicy')}</Link>
          ) : (
            refund.requestedBy
          ),
        },
        { label: t('requestedAt'), value: when(refund.requestedAt) },
        { label: t('decidedBy'), value: refund.decidedBy ?? none },
        { label: t('decidedAt'), value: when(refund.decidedAt) },
        { label: t('refundedAt'), value: when(refund.refundedAt) },
        ...voucher,
      ]}
    />
  );
}
