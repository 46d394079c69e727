import { fen, yuanAmount } from '@wuye-pay/money';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { ProposePolicy } from './ProposePolicy.tsx';

type Policy = Item<'GET /api/refund-policies'>;

/** What the system may refund by itself, by whom it was proposed and approved. */
export function RefundPolicyPage() {
  const { t } = useTranslation('refund');
  const query = useRead('GET /api/refund-policies', {});
  const heading = (text: string) => <h2 className="card-title">{text}</h2>;
  return (
    <Page title={t('policy.title')} intro={t('policy.intro')} actions={<ProposePolicy />}>
      <Loaded query={query}>
        {({ items }) => {
          const active = items.find(({ state }) => state === 'active');
          const proposed = items.find(({ state }) => state === 'proposed');
          const past = items.filter(({ state }) => state === 'rejected' || state === 'ended');
          return (
            <>
              <Card title={heading(t('policy.active'))}>
                {active ? (
                  <PolicyView policy={active} />
                ) : (
                  <EmptyNotice title={t('policy.none')} hint={t('policy.noneHint')} />
                )}
              </Card>
              {proposed && (
                <Card title={heading(t('policy.proposed'))}>
                  <PolicyView policy={proposed} />
                </Card>
              )}
              <Card title={heading(t('policy.history'))}>
                <History policies={past} />
              </Card>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function useWhat(): (policy: Policy) => string {
  const { t } = useTranslation('refund');
  return ({ secondPayment, closedPayment }) =>
    [secondPayment ? t('policy.second') : '', closedPayment ? t('policy.closed') : '']
      .filter(Boolean)
      .join('；');
}

function PolicyView({ policy }: { readonly policy: Policy }) {
  const { t } = useTranslation(['refund', 'ui']);
  const [language] = useLanguage();
  const whatOf = useWhat();
  const by = (name: string | null, at: string | null) =>
    name === null || at === null ? t('ui:none') : `${name} · ${instantText(at, language)}`;
  return (
    <div className="stack">
      <Facts
        columns={2}
        facts={[
          { label: t('policy.what'), value: whatOf(policy) },
          { label: t('policy.most'), value: <Money fen={policy.mostFen} /> },
          { label: t('policy.reason'), value: policy.reason },
          { label: t('policy.by'), value: by(policy.proposedBy, policy.proposedAt) },
          { label: t('policy.decided'), value: by(policy.decidedBy, policy.decidedAt) },
        ]}
      />
      <PolicyActions policy={policy} what={whatOf(policy)} />
    </div>
  );
}

function PolicyActions({ policy, what }: { readonly policy: Policy; readonly what: string }) {
  const { t } = useTranslation('refund');
  const { can } = useSession();
  const { done } = useMessages();
  const approve = useWrite('POST /api/refund-policies/:policyId/approve');
  const reject = useWrite('POST /api/refund-policies/:policyId/reject');
  const end = useWrite('POST /api/refund-policies/:policyId/end');
  const params = { policyId: policy.id };
  const mayNot = can('refund.approve') ? undefined : t('policy.noPermission');
  const whyNot = mayNot ?? (policy.isOwn ? t('policy.own') : undefined);
  const run = (write: typeof approve | typeof reject | typeof end) => async () => {
    await write.mutateAsync({ params });
    done(t('policy.done'));
  };
  const isProposed = policy.state === 'proposed';
  return (
    <div className="row no-print">
      {isProposed && (
        <>
          <ConfirmButton
            type="primary"
            label={t('policy.approve')}
            title={t('policy.approveTitle')}
            consequences={[
              t('policy.approveFigure', { what, most: yuanAmount(fen(policy.mostFen)) }),
            ]}
            confirmLabel={t('policy.approveConfirm')}
            whyNot={whyNot}
            onConfirm={run(approve)}
          />
          <ConfirmButton
            danger
            label={t('policy.reject')}
            title={t('policy.reject')}
            consequences={[t('policy.none')]}
            confirmLabel={t('policy.reject')}
            whyNot={whyNot}
            onConfirm={run(reject)}
          />
        </>
      )}
      <ConfirmButton
        danger
        label={isProposed ? t('policy.takeBack') : t('policy.end')}
        title={isProposed ? t('policy.takeBack') : t('policy.endTitle')}
        consequences={[isProposed ? t('policy.none') : t('policy.endFigure')]}
        confirmLabel={isProposed ? t('policy.takeBack') : t('policy.endConfirm')}
        whyNot={mayNot}
        onConfirm={run(end)}
      />
    </div>
  );
}

function History({ policies }: { readonly policies: readonly Policy[] }) {
  const { t } = useTranslation(['refund', 'ui']);
  const [language] = useLanguage();
  const whatOf = useWhat();
  if (policies.length === 0) return <p className="page-intro">{t('policy.historyNone')}</p>;
  const when = (name: string | null, at: string | null) =>
    at === null ? t('ui:none') : `${name ?? ''} ${instantText(at, language)}`;
  return (
    <DataTable<Policy>
      label={t('policy.history')}
      size="small"
      dataSource={policies}
      rowKey="id"
      columns={[
        { title: t('policy.state'), render: (_value, { state }) => t(`policy.state.${state}`) },
        { title: t('policy.what'), render: (_value, policy) => whatOf(policy) },
        moneyColumn<Policy>(t('policy.most'), ({ mostFen }) => mostFen, 'most'),
        {
          title: t('policy.by'),
          render: (_value, { proposedBy, proposedAt }) => when(proposedBy, proposedAt),
        },
        {
          title: t('policy.decided'),
          render: (_value, { decidedBy, decidedAt }) => when(decidedBy, decidedAt),
        },
        {
          title: t('policy.ended'),
          render: (_value, { endedBy, endedAt }) => when(endedBy, endedAt),
        },
      ]}
    />
  );
}
