import type { ResidentTicketDetail } from '@wuye-pay/contract';
import { useState } from 'react';
import { Button, Choice, TextArea } from '#ui';
import { request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Buttons, Card, Failure, FormField, Hint } from '../../ui/index.ts';
import { texts } from './texts.ts';

interface StepsProps {
  readonly ticket: ResidentTicketDetail;
  readonly onDone: () => void;
}

const scores = ['1', '2', '3', '4', '5'] as const;

/** What the ticket allows now: add, rate, reopen, withdraw. */
export function TicketSteps({ ticket, onDone }: StepsProps) {
  const t = useTexts(texts);
  const { allowedActions: may, rating } = ticket;
  return (
    <>
      {may.message && <Words ticket={ticket} kind="messages" onDone={onDone} />}
      {rating !== null && <Hint>{t('rated', { score: rating.score })}</Hint>}
      {may.rate && <Rate ticket={ticket} onDone={onDone} />}
      {may.reopen && <Words ticket={ticket} kind="reopening" onDone={onDone} />}
      {may.withdraw && <Withdraw ticket={ticket} onDone={onDone} />}
    </>
  );
}

function Words({ ticket, kind, onDone }: StepsProps & { kind: 'messages' | 'reopening' }) {
  const t = useTexts(texts);
  const [text, setText] = useState('');
  const isMessage = kind === 'messages';
  const send = useAction(async (once: string) => {
    const params = { ticketId: ticket.id };
    const said = text.trim();
    await (isMessage
      ? request('POST /api/resident/tickets/:ticketId/messages', {
          params,
          body: { text: said, photoIds: [], idempotencyKey: once },
        })
      : request('POST /api/resident/tickets/:ticketId/reopening', {
          params,
          body: { text: said },
        }));
    setText('');
    onDone();
  });
  return (
    <Card>
      <FormField label={t(isMessage ? 'add' : 'reopenWords')}>
        {(field) => <TextArea {...field} value={text} onChange={setText} maxLength={2000} />}
      </FormField>
      {send.failure !== undefined && <Failure error={send.failure} />}
      <Button busy={send.isBusy} disabled={text.trim() === ''} onTap={() => send.run()}>
        {t(isMessage ? 'send' : 'reopen')}
      </Button>
    </Card>
  );
}

function Rate({ ticket, onDone }: StepsProps) {
  const t = useTexts(texts);
  const [score, setScore] = useState<string>();
  const [text, setText] = useState('');
  const send = useAction(async () => {
    const params = { ticketId: ticket.id };
    const body = { score: Number(score), text: text.trim() };
    await request('POST /api/resident/tickets/:ticketId/rating', { params, body });
    onDone();
  });
  return (
    <Card title={t('rate')}>
      <Choice
        ariaLabel={t('rate')}
        value={score}
        options={scores.map((value) => ({ value, label: t(`score${value}`) }))}
        onChange={setScore}
      />
      <FormField label={t('rateWords')}>
        {(field) => <TextArea {...field} value={text} onChange={setText} maxLength={500} />}
      </FormField>
      {send.failure !== undefined && <Failure error={send.failure} />}
      <Button busy={send.isBusy} disabled={score === undefined} onTap={() => send.run()}>
        {t('rateSend')}
      </Button>
    </Card>
  );
}

function Withdraw({ ticket, onDone }: StepsProps) {
  const t = useTexts(texts);
  const send = useAction(async () => {
    const params = { ticketId: ticket.id };
    await request('POST /api/resident/tickets/:ticketId/withdrawal', { params });
    onDone();
  });
  return (
    <Buttons>
      {send.failure !== undefined && <Failure error={send.failure} />}
      <Button kind="plain" busy={send.isBusy} onTap={() => send.run()}>
        {t('withdraw')}
      </Button>
    </Buttons>
  );
}
