import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { Tile } from '../ui/Tile.tsx';
import { CaseActions } from './CaseActions.tsx';
import { CaseSettlements } from './CaseSettlements.tsx';
import { PostingsTable } from './PostingsTable.tsx';
import { ProofsTable } from './ProofsTable.tsx';
import { RefundsTable } from './RefundsOf.tsx';

export type Case = Answer<'GET /api/suspense/:caseId'>;

export function SuspenseCasePage() {
  const { caseId = '' } = useParams();
  const query = useRead('GET /api/suspense/:caseId', { params: { caseId } });
  return <Loaded query={query}>{(one) => <CaseView one={one} />}</Loaded>;
}

function CaseView({ one }: { readonly one: Case }) {
  const { t } = useTranslation(['payment', 'refund']);
  const [language] = useLanguage();
  const isOut = one.direction === 'out';
  return (
    <Page
      title={t('suspense.caseTitle', { caseNo: one.caseNo })}
      intro={one.reasonText[language]}
      parent={{ label: t('suspense.parent'), to: paths.suspense() }}
      badge={
        <StateTag tone={one.state === 'open' ? 'warning' : 'success'}>
          {t(`suspense.state.${one.state}`)}
        </StateTag>
      }
      actions={<CaseActions one={one} />}
    >
      <dl className="tiles">
        <Tile
          label={isOut ? t('refund:case.direction.out') : t('suspense.received')}
          value={<Money fen={one.amountFen} />}
        />
        {one.leftFen !== one.amountFen && (
          <Tile label={t('refund:left_of_case')} value={<Money fen={one.leftFen} />} />
        )}
        {one.expectedFen !== null && !isOut && (
          <>
            <Tile label={t('suspense.expected')} value={<Money fen={one.expectedFen} />} />
            <Tile
              label={t('suspense.difference')}
              value={<Money fen={one.amountFen - one.expectedFen} />}
            />
          </>
        )}
      </dl>
      {one.state === 'open' && (
        <Alert
          type="info"
          showIcon
          title={t('suspense.advice')}
          description={
            <ol className="confirm-figures">
              {one.advice.map((step) => (
                <li key={step.zh}>{step[language]}</li>
              ))}
            </ol>
          }
        />
      )}
      <Card>
        <CaseFacts one={one} />
      </Card>
      <Card title={<h2 className="card-title">{t('refund:case.refunds')}</h2>}>
        <RefundsTable refunds={one.refunds} none={t('refund:case.refundsNone')} />
      </Card>
      {!isOut && (
        <Card title={<h2 className="card-title">{t('refund:case.settlements')}</h2>}>
          <CaseSettlements settlements={one.settlements} />
        </Card>
      )}
      <Card title={<h2 className="card-title">{t('payment.proofs')}</h2>}>
        <ProofsTable proofs={one.proofs} />
      </Card>
      <Card title={<h2 className="card-title">{t('payment.postings')}</h2>}>
        <PostingsTable postings={one.postings} />
      </Card>
    </Page>
  );
}

function CaseFacts({ one }: { readonly one: Case }) {
  const { t } = useTranslation(['payment', 'ui']);
  const [language] = useLanguage();
  const { label } = useChannels();
  const none = t('ui:none');
  return (
    <Facts
      facts={[
        {
          label: t('payments.unit'),
          value:
            one.unitId && one.unitLabel ? (
              <Link to={paths.unit(one.unitId)}>
                {one.communityName} {one.unitLabel}
              </Link>
            ) : (
              none
            ),
        },
        { label: t('payments.channel'), value: label(one.channel) },
        { label: t('payment.account'), value: one.merchantAccountName ?? none },
        { label: t('payments.orderNo'), value: <span className="mono">{one.orderNo}</span> },
        {
          label: t('payments.tradeNo'),
          value: <span className="mono">{one.tradeNo ?? none}</span>,
        },
        {
          label: t('suspense.payment'),
          value: one.paymentId ? (
            <Link to={paths.payment(one.paymentId)}>{t('suspense.paymentLink')}</Link>
          ) : (
            none
          ),
        },
        { label: t('suspense.openedAt'), value: instantText(one.openedAt, language) },
        ...(one.resolvedAt
          ? [
              { label: t('suspense.resolvedAt'), value: instantText(one.resolvedAt, language) },
              { label: t('suspense.resolution'), value: one.resolution ?? none },
            ]
          : []),
      ]}
    />
  );
}
