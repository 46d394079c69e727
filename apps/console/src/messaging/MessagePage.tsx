import { Alert, Card } from 'antd';
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
import { instantText, preciseText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { MessageStateTag } from './MessageStateTag.tsx';
import { usePurposeName, useTemplateName } from './use-template-name.ts';

type Detail = Answer<'GET /api/messages/:messageId'>;

/** One message: every attempt, what the provider said, and what to do about it. */
export function MessagePage() {
  const { messageId = '' } = useParams();
  const query = useRead('GET /api/messages/:messageId', { params: { messageId } });
  return <Loaded query={query}>{(one) => <MessageView key={one.id} one={one} />}</Loaded>;
}

function MessageView({ one }: { readonly one: Detail }) {
  const { t } = useTranslation(['messaging', 'ui']);
  const [language] = useLanguage();
  const templateName = useTemplateName();
  return (
    <Page
      title={templateName(one.templateKey)}
      intro={one.to ?? undefined}
      parent={{ label: t('messages.title'), to: paths.messages() }}
      badge={<MessageStateTag state={one.state} />}
      actions={<RequeueButton one={one} />}
    >
      {one.reasonText && (
        <Alert
          type={one.state === 'failed' ? 'error' : 'info'}
          showIcon
          title={one.reasonText[language]}
        />
      )}
      <Card>
        <MessageFacts one={one} />
      </Card>
      <Card title={<h2 className="card-title">{t('message.attempts')}</h2>}>
        {one.attempts.length === 0 ? <p>{t('message.noAttempts')}</p> : <Attempts one={one} />}
      </Card>
    </Page>
  );
}

function MessageFacts({ one }: { readonly one: Detail }) {
  const { t } = useTranslation(['messaging', 'ui']);
  const [language] = useLanguage();
  const purposeName = usePurposeName();
  const at = (instant: string | null) =>
    instant === null ? t('ui:none') : instantText(instant, language);
  const segments =
    one.segments === null ? t('ui:none') : t('message.segments', { count: one.segments });
  return (
    <Facts
      facts={[
        { label: t('messages.purpose'), value: purposeName(one.purpose) },
        { label: t('messages.via'), value: one.via ? t(`via.${one.via}`) : t('ui:none') },
        { label: t('messages.account'), value: one.accountName ?? t('ui:none') },
        { label: t('message.dueAt'), value: at(one.dueAt) },
        { label: t('message.expiresAt'), value: at(one.expiresAt) },
        { label: t('message.acceptedAt'), value: at(one.acceptedAt) },
        { label: t('message.deliveredAt'), value: at(one.deliveredAt) },
        { label: t('message.size'), value: segments },
        {
          label: t('messages.cost'),
          value: one.costYuan === null ? t('ui:none') : Number(one.costYuan),
        },
      ]}
    />
  );
}

function Attempts({ one }: { readonly one: Detail }) {
  const { t } = useTranslation(['messaging', 'ui']);
  const [language] = useLanguage();
  return (
    <DataTable<Detail['attempts'][number]>
      label={t('message.attempts')}
      dataSource={one.attempts}
      rowKey="no"
      columns={[
        {
          title: t('message.startedAt'),
          render: (_value, { startedAt }) => (
            <span className="nowrap">{preciseText(startedAt, language)}</span>
          ),
        },
        { title: t('messages.account'), dataIndex: 'accountName' },
        { title: t('messages.via'), render: (_value, { via }) => t(`via.${via}`) },
        { title: t('message.answer'), render: (_value, { state }) => t(`attempt.${state}`) },
        {
          title: t('message.code'),
          render: (_value, { code, advice }) => (
            <div className="wrapping">
              {code === null ? t('ui:none') : <span className="mono">{code}</span>}
              {advice && <div>{advice[language]}</div>}
            </div>
          ),
        },
        {
          title: t('message.providerNo'),
          render: (_value, { providerNo }) => (
            <span className="mono">{providerNo ?? t('ui:none')}</span>
          ),
        },
      ]}
    />
  );
}

function RequeueButton({ one }: { readonly one: Detail }) {
  const { t } = useTranslation('messaging');
  const { can } = useSession();
  const { done } = useMessages();
  const requeue = useWrite('POST /api/messages/:messageId/requeue');
  if (!can('messaging.write') || !one.allowedActions.includes('requeue')) return null;
  const consequences = [
    t('requeue.through'),
    ...(one.mayHaveArrived ? [t('requeue.mayHaveArrived')] : []),
  ];
  return (
    <ConfirmButton
      label={t('requeue.label')}
      title={t('requeue.title')}
      consequences={consequences}
      confirmLabel={one.mayHaveArrived ? t('requeue.anyway') : t('requeue.label')}
      danger={one.mayHaveArrived}
      onConfirm={async () => {
        await requeue.mutateAsync({
          params: { messageId: one.id },
          body: { mayHaveArrived: one.mayHaveArrived },
        });
        done(t('requeue.done'));
      }}
    />
  );
}
