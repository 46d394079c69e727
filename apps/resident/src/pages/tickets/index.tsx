import { go } from '#platform';
import { Button, Page } from '#ui';
import { useList } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Empty, Failure, List, ListItem, Loading } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 报事: what one reported, and how far it is. */
export default function TicketsPage() {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const { items, hasMore, more, failure, reload } = useList('GET /api/resident/tickets', {});
  return (
    <Page
      title={t('title')}
      tab="tickets"
      foot={
        <Button kind="main" onTap={() => go('ticket-new')}>
          {t('new')}
        </Button>
      }
    >
      {failure !== undefined && <Failure error={failure} onRetry={reload} />}
      {items === undefined && failure === undefined && <Loading />}
      {items?.length === 0 && <Empty icon="tickets" title={t('nothing')} hint={t('nothingHint')} />}
      {items !== undefined && items.length > 0 && (
        <List label={t('title')}>
          {items.map((ticket) => (
            <ListItem
              key={ticket.id}
              title={ticket.text.slice(0, 40)}
              hint={`${words(ticket.category)} · ${instantText(ticket.openedAt, language)}`}
              aside={words(ticket.stateText)}
              to="ticket"
              params={{ ticketId: ticket.id }}
            />
          ))}
        </List>
      )}
      {hasMore && <Button onTap={more}>{t('more')}</Button>}
    </Page>
  );
}
