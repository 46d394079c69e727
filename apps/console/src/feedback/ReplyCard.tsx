import { Card, Input, Radio, Select } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead, useWrite } from '../api/hooks.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import type { TicketDetail } from './TicketPage.tsx';

interface ReplyProps {
  readonly one: TicketDetail;
  readonly whyNotReply: string | undefined;
  readonly whyNotNote: string | undefined;
}

const nextStates = ['in-progress', 'waiting', 'resolved'] as const;
type Next = (typeof nextStates)[number];

/** A reply that the resident reads, or a note that they do not. */
export function ReplyCard({ one, whyNotReply, whyNotNote }: ReplyProps) {
  const { t } = useTranslation('feedback');
  const { done } = useMessages();
  const [textId, nextId] = [useId(), useId()];
  const keys = useRef(new Map<string, string>());
  const reply = useWrite('POST /api/tickets/:ticketId/replies');
  const note = useWrite('POST /api/tickets/:ticketId/notes');
  const [text, setText] = useState('');
  const [nextState, setNextState] = useState<Next>('in-progress');
  const empty = text.trim() === '' ? t('reply.empty') : undefined;
  const params = { ticketId: one.id };
  const send = async (kind: 'reply' | 'note') => {
    const content = `${kind} ${nextState} ${text}`;
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    const words = { text: text.trim(), photoIds: [], idempotencyKey };
    if (kind === 'reply') await reply.mutateAsync({ params, body: { ...words, nextState } });
    else await note.mutateAsync({ params, body: words });
    keys.current.clear();
    setText('');
    done(t(kind === 'reply' ? 'reply.sent' : 'reply.noted'));
  };
  // What goes wrong is shown above the buttons.
  const act = (kind: 'reply' | 'note') => void send(kind).catch(() => undefined);
  const failure = reply.error ?? note.error;
  return (
    <Card title={<h2 className="card-title">{t('reply.title')}</h2>}>
      <div className="stack">
        <Canned ticketId={one.id} onChoose={setText} />
        <div className="stack-tight">
          <label htmlFor={textId}>{t('reply.text')}</label>
          <Input.TextArea
            id={textId}
            value={text}
            rows={4}
            maxLength={2000}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <div className="stack-tight">
          <span id={nextId}>{t('reply.next')}</span>
          <Radio.Group
            aria-labelledby={nextId}
            value={nextState}
            onChange={(event) => setNextState(event.target.value as Next)}
            options={nextStates.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
        </div>
        {failure && <FailureNotice error={failure} />}
        <div className="row">
          <ActionButton
            type="primary"
            loading={reply.isPending}
            whyNot={whyNotReply ?? empty}
            onClick={() => act('reply')}
          >
            {t('reply.send')}
          </ActionButton>
          <ActionButton
            loading={note.isPending}
            whyNot={whyNotNote ?? empty}
            onClick={() => act('note')}
          >
            {t('reply.addNote')}
          </ActionButton>
        </div>
      </div>
    </Card>
  );
}

function Canned({
  ticketId,
  onChoose,
}: {
  readonly ticketId: string;
  readonly onChoose: (text: string) => void;
}) {
  const { t } = useTranslation('feedback');
  const id = useId();
  const { data } = useRead('GET /api/canned-answers', { query: { ticketId } });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div className="stack-tight">
      <label htmlFor={id}>{t('reply.canned')}</label>
      <Select
        id={id}
        style={{ maxWidth: 320 }}
        options={items.map((answer) => ({ value: answer.id, label: answer.title }))}
        onChange={(chosen: string) => onChoose(items.find((one) => one.id === chosen)?.text ?? '')}
      />
    </div>
  );
}
