import { Alert, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { type Fact, Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { AssignForm } from './BulkActions.tsx';
import { DisputeCard } from './DisputeCard.tsx';
import { MoveForm } from './MoveForm.tsx';
import { ReplyCard } from './ReplyCard.tsx';
import { TicketStateTag } from './TicketStateTag.tsx';
import { TicketTimeline } from './TicketTimeline.tsx';

export type TicketDetail = Answer<'GET /api/tickets/:ticketId'>;

export function TicketPage() {
  const { ticketId = '' } = useParams();
  const query = useRead('GET /api/tickets/:ticketId', { params: { ticketId } });
  return <Loaded query={query}>{(one) => <TicketView key={one.id} one={one} />}</Loaded>;
}

function TicketView({ one }: { readonly one: TicketDetail }) {
  const { t } = useTranslation('feedback');
  const [language] = useLanguage();
  const whyNot = whyNotOf(one, language);
  return (
    <Page
      title={`${one.category[language]} ${one.ticketNo}`}
      intro={`${one.communityName} ${one.unitLabel ?? ''}`}
      parent={{ label: t('one.parent'), to: paths.tickets() }}
      badge={<TicketStateTag ticket={one} />}
      actions={<TicketActions one={one} />}
    >
      {!one.isReachable && <Alert type="info" showIcon title={t('one.unreachable')} />}
      {one.state === 'waiting' && <Alert type="info" showIcon title={t('one.paused')} />}
      <Card title={<h2 className="card-title">{t('one.opened')}</h2>}>
        <div className="stack">
          <p className="wrapping">{one.text}</p>
          <TicketFacts one={one} />
        </div>
      </Card>
      {one.dispute && <DisputeCard one={one} dispute={one.dispute} />}
      <ReplyCard one={one} whyNotReply={whyNot('reply')} whyNotNote={whyNot('note')} />
      <Card title={<h2 className="card-title">{t('one.timeline')}</h2>}>
        <TicketTimeline entries={one.entries} />
      </Card>
    </Page>
  );
}

type Action = TicketDetail['allowedActions'][number]['action'];

/** Why an action is not possible; undefined when it is. */
export function whyNotOf(one: TicketDetail, language: 'zh' | 'en') {
  return (action: Action): string | undefined =>
    one.allowedActions.find((each) => each.action === action)?.reason?.[language];
}

const steps = ['start', 'wait', 'resolve', 'close', 'reopen'] as const;

function TicketActions({ one }: { readonly one: TicketDetail }) {
  const { t } = useTranslation('feedback');
  const [language] = useLanguage();
  const { failed } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const [isMoving, setMoving] = useState(false);
  const move = useWrite('POST /api/tickets/:ticketId/state');
  const whyNot = whyNotOf(one, language);
  const ended = one.state === 'resolved' || one.state === 'closed';
  const shown = steps.filter((action) => (action === 'reopen') === ended || action === 'close');
  const params = { ticketId: one.id };
  return (
    <>
      <ActionButton whyNot={whyNot('assign')} onClick={() => setOpen(true)}>
        {t('bulk.assign')}
      </ActionButton>
      {shown.map((action) => (
        <ActionButton
          key={action}
          whyNot={whyNot(action)}
          loading={move.isPending}
          onClick={() => move.mutate({ params, body: { action } }, { onError: failed })}
        >
          {t(`do.${action}`)}
        </ActionButton>
      ))}
      {!one.isDispute && (
        <ActionButton whyNot={whyNot('move')} onClick={() => setMoving(true)}>
          {t('move.title')}
        </ActionButton>
      )}
      <AssignForm ids={[one.id]} isOpen={isOpen} onClose={() => setOpen(false)} />
      <MoveForm
        ticketId={one.id}
        categoryId={one.categoryId}
        isOpen={isMoving}
        onClose={() => setMoving(false)}
      />
    </>
  );
}

function TicketFacts({ one }: { readonly one: TicketDetail }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const [language] = useLanguage();
  const none = t('ui:none');
  const at = (instant: string | null) => (instant ? instantText(instant, language) : none);
  const rating = one.rating === null ? none : t('one.score', { score: one.rating });
  const facts: Fact[] = [
    { label: t('list.from'), value: `${one.openedBy} · ${t(`source.${one.source}`)}` },
    { label: t('one.phone'), value: one.phoneMasked ?? none },
    {
      label: t('list.place'),
      value: one.unitId ? <Link to={paths.unit(one.unitId)}>{one.unitLabel}</Link> : none,
    },
    { label: t('list.assignee'), value: one.assigneeName ?? one.roleName ?? none },
    { label: t('list.opened'), value: at(one.openedAt) },
    one.firstRepliedAt
      ? { label: t('one.replied'), value: at(one.firstRepliedAt) }
      : { label: t('one.firstReply'), value: at(one.firstReplyDueAt) },
    { label: t('list.due'), value: at(one.resolveDueAt) },
    { label: t('one.rating'), value: [rating, one.ratingText].filter(Boolean).join(' ') },
    ...one.context.map(({ label, value, paymentId }) => ({
      label: label[language],
      value: paymentId ? <Link to={paths.payment(paymentId)}>{t('one.payment')}</Link> : value,
    })),
  ];
  return <Facts facts={facts} />;
}
