import type { CheckoutHistoryEntry } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { useMemo, useState } from 'react';
import { usePageParams } from '#platform';
import { Button, Link, Page, Picker, Text } from '#ui';
import { useList, useRead } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount, Empty, Failure, FormField, List, ListItem, Loading, Tag } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 缴费记录: what was paid for one's homes, newest first. */
export default function HistoryPage() {
  const t = useTexts(texts);
  const [unitId, setUnitId] = useState(usePageParams('history').unitId ?? '');
  const homes = useRead('GET /api/resident/homes', {}, { keeps: true });
  const input = useMemo(() => ({ query: { unitId } }), [unitId]);
  const history = useList('GET /api/resident/history', input);
  const options = (homes.data?.items ?? []).map((home) => ({
    value: home.unitId,
    label: `${home.communityName} ${home.label}`,
  }));
  return (
    <Page title={t('title')}>
      {options.length > 1 && (
        <FormField label={t('home')}>
          {(field) => (
            <Picker
              {...field}
              value={unitId}
              options={[{ value: '', label: t('allHomes') }, ...options]}
              onChange={setUnitId}
            />
          )}
        </FormField>
      )}
      <Failure error={history.failure} onRetry={history.reload} />
      {history.items === undefined && history.failure === undefined && <Loading />}
      {history.items?.length === 0 && (
        <Empty icon="receipt" title={t('empty')} hint={t('emptyHint')}>
          <Link to="bills">{t('toBills')}</Link>
        </Empty>
      )}
      {history.items !== undefined && history.items.length > 0 && (
        <List label={t('title')}>
          {history.items.map((entry) => (
            <Entry key={`${entry.kind} ${entry.id}`} entry={entry} />
          ))}
        </List>
      )}
      {history.hasMore && <Button onTap={history.more}>{t('more')}</Button>}
    </Page>
  );
}

function Entry({ entry }: { readonly entry: CheckoutHistoryEntry }) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const homes = entry.homes.map(({ label }) => label).join(language === 'zh' ? '、' : ', ');
  const isPayment = entry.kind !== 'balance';
  return (
    <ListItem
      title={words(entry.title)}
      hint={
        <>
          <Text>{homes}</Text>
          <Text className="hint">
            {instantText(entry.at, language)} · {words(entry.way)}
          </Text>
          {entry.state !== 'paid' && (
            <Tag kind={entry.state === 'closed' ? 'plain' : 'warning'}>
              {t(`state.${entry.state}`)}
            </Tag>
          )}
          {entry.refundedFen > 0 && (
            <Tag kind="plain">
              {t('refunded', { amount: yuanAmount(entry.refundedFen as Fen) })}
            </Tag>
          )}
        </>
      }
      aside={<Amount fen={entry.amountFen} />}
      to={isPayment ? 'payment' : undefined}
      params={isPayment ? { paymentId: entry.id } : undefined}
    />
  );
}
