import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { ChangeStateTag } from './ChangeStateTag.tsx';
import { TestCard } from './TestCard.tsx';

type Change = Answer<'GET /api/channel-changes/:changeId'>;
type Line = Change['lines'][number];
type Words = Line['label'];

export function ChangePage() {
  const { changeId = '' } = useParams();
  const query = useRead('GET /api/channel-changes/:changeId', { params: { changeId } });
  return <Loaded query={query}>{(change) => <ChangeView change={change} />}</Loaded>;
}

function ChangeView({ change }: { readonly change: Change }) {
  const { t } = useTranslation('channels');
  return (
    <Page
      title={`${t(`changes.kind.${change.kind}`)} · ${change.title}`}
      parent={{ label: t('changes.title'), to: paths.channelChanges() }}
      badge={<ChangeStateTag change={change} />}
      actions={<Decisions change={change} />}
    >
      <Card>
        <ChangeFacts change={change} />
      </Card>
      <Card title={<h2 className="card-title">{t('changes.lines')}</h2>}>
        <LinesTable lines={change.lines} />
      </Card>
      <ChangeTest change={change} />
    </Page>
  );
}

/** Tries the account as it would be, before anybody approves it. */
function ChangeTest({ change }: { readonly change: Change }) {
  const { t } = useTranslation('channels');
  const { can } = useSession();
  const test = useWrite('POST /api/channel-changes/:changeId/test');
  const isAccount = change.kind === 'create-account' || change.kind === 'change-account';
  if (change.state !== 'open' || !isAccount || !can('channels.approve')) return null;
  return (
    <TestCard
      help={t('changes.testHelp')}
      test={test}
      onTest={() => test.mutate({ params: { changeId: change.id } })}
    />
  );
}

function ChangeFacts({ change }: { readonly change: Change }) {
  const { t } = useTranslation(['channels', 'ui']);
  const [language] = useLanguage();
  const { decidedAt, decidedBy, note } = change;
  return (
    <Facts
      columns={2}
      facts={[
        { label: t('changes.by'), value: change.proposedBy },
        { label: t('changes.at'), value: instantText(change.proposedAt, language) },
        ...(decidedAt
          ? [
              { label: t('changes.decidedBy'), value: decidedBy ?? t('ui:none') },
              { label: t('changes.decidedAt'), value: instantText(decidedAt, language) },
            ]
          : []),
        ...(note ? [{ label: t('changes.note'), value: note }] : []),
        ...(change.isAlone ? [{ label: t('changes.alone'), value: t('changes.aloneSays') }] : []),
      ]}
    />
  );
}

/** Exactly what will be different. Secrets are named and never shown. */
function LinesTable({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useTranslation(['channels', 'ui']);
  const [language] = useLanguage();
  const text = (words: Words | null) => words?.[language] ?? t('ui:none');
  return (
    <DataTable<Line>
      label={t('changes.lines')}
      size="small"
      dataSource={lines}
      rowKey={({ label }) => label.zh}
      columns={[
        { title: t('changes.field'), render: (_value, { label }) => label[language] },
        {
          title: t('changes.before'),
          render: (_value, { before }) => <span className="wrapping">{text(before)}</span>,
        },
        {
          title: t('changes.after'),
          render: (_value, { after }) => <strong className="wrapping">{text(after)}</strong>,
        },
      ]}
    />
  );
}

function Decisions({ change }: { readonly change: Change }) {
  const { t } = useTranslation('channels');
  const [language] = useLanguage();
  const { can } = useSession();
  const approve = useWrite('POST /api/channel-changes/:changeId/approve');
  const reject = useWrite('POST /api/channel-changes/:changeId/reject');
  const withdraw = useWrite('POST /api/channel-changes/:changeId/withdraw');
  const params = { changeId: change.id };
  const action = (name: 'approve' | 'reject' | 'withdraw') => {
    const found = change.allowedActions.find((one) => one.action === name);
    return found && { whyNot: found.allowed ? undefined : found.reason?.[language] };
  };
  const [yes, no, back] = [action('approve'), action('reject'), action('withdraw')];
  const lines = change.lines.map(
    ({ label, before, after }) =>
      `${label[language]}：${before?.[language] ?? '—'} → ${after?.[language] ?? '—'}`,
  );
  return (
    <>
      {yes && (
        <ConfirmButton
          {...yes}
          type="primary"
          label={t('changes.approve')}
          title={t('changes.approveTitle')}
          consequences={lines}
          confirmLabel={t('changes.approveNow', { count: lines.length })}
          onConfirm={() => approve.mutateAsync({ params })}
        />
      )}
      {no && (
        <ConfirmButton
          {...no}
          danger
          label={t('changes.reject')}
          title={t('changes.rejectTitle')}
          consequences={[t('changes.rejectSays')]}
          confirmLabel={t('changes.reject')}
          reasonLabel={t('changes.reason')}
          onConfirm={(reason) => reject.mutateAsync({ params, body: { reason } })}
        />
      )}
      {back && can('channels.write') && (
        <ConfirmButton
          {...back}
          label={t('changes.withdraw')}
          title={t('changes.withdrawTitle')}
          consequences={[t('changes.rejectSays')]}
          confirmLabel={t('changes.withdraw')}
          onConfirm={() => withdraw.mutateAsync({ params })}
        />
      )}
    </>
  );
}
