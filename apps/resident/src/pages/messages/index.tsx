import { type Fen, yuanAmount } from '@wuye-pay/money';
import { useEffect, useMemo } from 'react';
import { Button, Link, Page, Text } from '#ui';
import { type Item, request } from '../../api/index.ts';
import { useList } from '../../data/index.ts';
import { dayText, instantText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount, Empty, Failure, List, ListItem, Loading, Tag } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** Reminders that were sent to the reader, with what is left to pay of each today. */
export default function MessagesPage() {
  const t = useTexts(texts);
  const messages = useList(
    'GET /api/resident/messages',
    useMemo(() => ({ query: {} }), []),
  );
  const hasNew = messages.items?.some(({ isUnread }) => isUnread) ?? false;
  useEffect(() => {
    // Those that are new stay marked until the next visit; a mark that is not kept is no harm.
    if (hasNew) request('POST /api/resident/messages/read', {}).catch(() => undefined);
  }, [hasNew]);
  return (
    <Page title={t('title')}>
      <Failure error={messages.failure} onRetry={messages.reload} />
      {messages.items === undefined && messages.failure === undefined && <Loading />}
      {messages.items?.length === 0 && (
        <Empty icon="info" title={t('empty')} hint={t('emptyHint')}>
          <Link to="bills">{t('toBills')}</Link>
        </Empty>
      )}
      {messages.items !== undefined && messages.items.length > 0 && (
        <List label={t('title')}>
          {messages.items.map((message) => (
            <Message key={message.id} message={message} />
          ))}
        </List>
      )}
      {messages.hasMore && <Button onTap={messages.more}>{t('more')}</Button>}
    </Page>
  );
}

/** Leads to the bills, where what it names is ready to be paid. */
function Message({ message }: { readonly message: Item<'GET /api/resident/messages'> }) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const { unitLabel, communityName, amountFen, openFen, dueOn, at, isUnread } = message;
  const isOwed = openFen > 0;
  return (
    <ListItem
      title={`${communityName} ${unitLabel}`}
      hint={
        <>
          <Text>
            {[
              dueOn && t('dueOn', { day: dayText(dueOn, language) }),
              t('said', { amount: yuanAmount(amountFen as Fen) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          <Text className="hint">{instantText(at, language)}</Text>
          {isUnread && <Tag kind="warning">{t('unread')}</Tag>}
          <Tag kind={isOwed ? 'warning' : 'plain'}>{t(isOwed ? 'owed' : 'settled')}</Tag>
        </>
      }
      aside={isOwed ? <Amount fen={openFen} /> : undefined}
      to={isOwed ? 'bills' : undefined}
    />
  );
}
