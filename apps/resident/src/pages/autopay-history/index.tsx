import { useMemo } from 'react';
import { usePageParams } from '#platform';
import { Button, Heading, Page } from '#ui';
import { request } from '../../api/index.ts';
import { DebitItem } from '../../autopay/index.ts';
import { useAction, useList } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Empty, Failure, List, Loading, Timeline } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** Every debit of an agreement, and everything that happened to it. */
export default function AutopayHistoryPage() {
  const t = useTexts(texts);
  const { mandateId } = usePageParams('autopay-history');
  const input = useMemo(() => ({ params: { mandateId } }), [mandateId]);
  const debits = useList('GET /api/resident/autopay/:mandateId/debits', input);
  const undo = useAction(async (_once, debitId: string) => {
    const params = { mandateId, debitId };
    await request('POST /api/resident/autopay/:mandateId/debits/:debitId/unskip', { params });
    debits.reload();
  });
  return (
    <Page title={t('title')}>
      <Failure error={undo.failure ?? debits.failure} onRetry={debits.reload} />
      {debits.items === undefined && debits.failure === undefined && <Loading />}
      {debits.items?.length === 0 && (
        <Empty icon="waiting" title={t('empty')} hint={t('emptyHint')} />
      )}
      {debits.items !== undefined && debits.items.length > 0 && (
        <>
          <Heading level={2}>{t('debits')}</Heading>
          <List label={t('debits')}>
            {debits.items.map((debit) => (
              <DebitItem key={debit.id} debit={debit} isBusy={undo.isBusy} onUnskip={undo.run} />
            ))}
          </List>
        </>
      )}
      {debits.hasMore && <Button onTap={debits.more}>{t('more')}</Button>}
      <Log mandateId={mandateId} />
    </Page>
  );
}

function Log({ mandateId }: { readonly mandateId: string }) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const input = useMemo(() => ({ params: { mandateId } }), [mandateId]);
  const log = useList('GET /api/resident/autopay/:mandateId/log', input);
  if (log.items === undefined) return <Failure error={log.failure} onRetry={log.reload} />;
  return (
    <Card title={t('log')}>
      <Timeline
        entries={log.items.map(({ id, at, text }) => ({
          key: id,
          title: words(text),
          at: instantText(at, language),
        }))}
      />
      {log.hasMore && <Button onTap={log.more}>{t('more')}</Button>}
    </Card>
  );
}
