import type { ResidentTicketDetail } from '@wuye-pay/contract';
import { usePageParams } from '#platform';
import { Image, Page, Text, View } from '#ui';
import { useRead } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Hint, Loaded, Notice, Timeline } from '../../ui/index.ts';
import { TicketSteps } from './TicketSteps.tsx';
import { texts } from './texts.ts';

/** One ticket: what was said and done, and what can be done now. */
export default function TicketPage() {
  const t = useTexts(texts);
  const { ticketId } = usePageParams('ticket');
  const ticket = useRead('GET /api/resident/tickets/:ticketId', { params: { ticketId } });
  return (
    <Page title={t('title')}>
      <Loaded read={ticket}>
        {(data) => (
          <>
            <Head ticket={data} />
            <Thread ticket={data} />
            <TicketSteps ticket={data} onDone={ticket.reload} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Head({ ticket }: { readonly ticket: ResidentTicketDetail }) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const { dispute, resolveDueAt, unitLabel } = ticket;
  return (
    <Card title={words(ticket.category)} aside={<Text>{words(ticket.stateText)}</Text>}>
      <Hint>{[ticket.ticketNo, unitLabel].filter(Boolean).join(' · ')}</Hint>
      {dispute !== null && (
        <Notice kind="info">
          {`${t('dispute')}：${dispute.title}。${dispute.answerText ?? t('waiting')}`}
        </Notice>
      )}
      {resolveDueAt !== null && <Hint>{`${t('due')} ${instantText(resolveDueAt, language)}`}</Hint>}
    </Card>
  );
}

function Thread({ ticket }: { readonly ticket: ResidentTicketDetail }) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const entries = ticket.entries.map((entry) => ({
    key: entry.id,
    title: `${words(entry.title)} · ${entry.name}`,
    at: instantText(entry.at, language),
    body: (
      <View>
        <Text>{entry.text}</Text>
        <View className="photos">
          {entry.photos.map(({ id }, index) => (
            <Image
              key={id}
              src={`/api/resident/photos/${id}`}
              alt={t('photo', { number: index + 1 })}
              className="photo-image"
            />
          ))}
        </View>
      </View>
    ),
  }));
  return (
    <Card>
      <Timeline entries={entries} />
    </Card>
  );
}
