import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Facts } from '../ui/Facts.tsx';
import { dayText, instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { ReminderStateTag, useStepWords } from './words.tsx';

type Detail = Answer<'GET /api/reminders/:reminderId'>;
type Notice = Detail['notices'][number];

/** One reminder: what it said, to how many people, and what came of it. */
export function ReminderPage() {
  const { reminderId = '' } = useParams();
  const query = useRead('GET /api/reminders/:reminderId', { params: { reminderId } });
  return <Loaded query={query}>{(one) => <ReminderView one={one} />}</Loaded>;
}

function ReminderView({ one }: { readonly one: Detail }) {
  const { t } = useTranslation('reminders');
  const stepWords = useStepWords();
  const home = `${one.communityName} ${one.unitLabel}`;
  return (
    <Page
      title={t('one.title', { home })}
      intro={[one.planName, stepWords(one.stepDays)].filter(Boolean).join(' · ')}
      parent={{ label: t('list.title'), to: paths.reminders() }}
      badge={<ReminderStateTag state={one.state} />}
      actions={<LinkButton to={paths.unit(one.unitId)}>{t('one.unit')}</LinkButton>}
    >
      <Card>
        <ReminderFacts one={one} />
      </Card>
      <Card title={<h2 className="card-title">{t('one.notices')}</h2>}>
        {one.notices.length === 0 ? (
          <EmptyNotice title={t('one.noNotices')} hint={t('one.noNoticesHint')} />
        ) : (
          <Notices notices={one.notices} />
        )}
      </Card>
    </Page>
  );
}

function ReminderFacts({ one }: { readonly one: Detail }) {
  const { t } = useTranslation(['reminders', 'ui']);
  const at = useInstantWords();
  const [language] = useLanguage();
  return (
    <Facts
      facts={[
        { label: t('list.day'), value: dayText(one.day, language) },
        { label: t('one.dueOn'), value: one.dueOn ? dayText(one.dueOn, language) : t('ui:none') },
        {
          label: t('list.reason'),
          value: one.reason === null ? t('ui:none') : t(`reason.${one.reason}`),
        },
        { label: t('list.planned'), value: <Money fen={one.plannedFen} /> },
        {
          label: t('list.released'),
          value: one.releasedFen === null ? t('ui:none') : <Money fen={one.releasedFen} />,
        },
        { label: t('list.collected'), value: <Money fen={one.collectedFen} /> },
        { label: t('one.dueAt'), value: at(one.dueAt) },
        { label: t('one.releasedAt'), value: at(one.releasedAt) },
        { label: t('one.by'), value: one.createdBy ?? t('one.system') },
      ]}
    />
  );
}

function Notices({ notices }: { readonly notices: readonly Notice[] }) {
  const { t } = useTranslation(['reminders', 'ui']);
  const { can } = useSession();
  const at = useInstantWords();
  return (
    <DataTable<Notice>
      label={t('one.notices')}
      dataSource={notices}
      rowKey="messageId"
      columns={[
        {
          title: t('list.via'),
          render: (_value, { via, messageId }) => {
            const words = via === null ? t('ui:none') : t(`via.${via}`);
            if (!can('messaging.read')) return words;
            return <Link to={paths.message(messageId)}>{via ? words : t('one.message')}</Link>;
          },
        },
        { title: t('one.sentAt'), render: (_value, { sentAt }) => at(sentAt) },
        { title: t('one.deliveredAt'), render: (_value, { deliveredAt }) => at(deliveredAt) },
        { title: t('list.opened'), render: (_value, { openedAt }) => at(openedAt) },
        { title: t('one.linkUntil'), render: (_value, { linkExpiresAt }) => at(linkExpiresAt) },
        {
          title: t('one.cost'),
          align: 'right',
          render: (_value, { costYuan }) => (costYuan === null ? t('ui:none') : Number(costYuan)),
        },
        moneyColumn(t('list.collected'), ({ collectedFen }) => collectedFen, 'collected'),
      ]}
    />
  );
}

function useInstantWords(): (instant: string | null) => string {
  const { t } = useTranslation('ui');
  const [language] = useLanguage();
  return (instant) => (instant === null ? t('none') : instantText(instant, language));
}
