import { useMemo } from 'react';
import { usePageParams } from '#platform';
import { Button, Page, Text } from '#ui';
import { useList } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount, Empty, Failure, List, ListItem, Loading } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 余额明细: why the balance of a home changed, newest first. */
export default function MovementsPage() {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const { unitId } = usePageParams('movements');
  const input = useMemo(() => ({ params: { unitId } }), [unitId]);
  const movements = useList('GET /api/resident/homes/:unitId/prepayment/movements', input);
  return (
    <Page title={t('title')}>
      <Failure error={movements.failure} onRetry={movements.reload} />
      {movements.items === undefined && movements.failure === undefined && <Loading />}
      {movements.items?.length === 0 && <Empty title={t('empty')} hint={t('emptyHint')} />}
      {movements.items !== undefined && movements.items.length > 0 && (
        <List label={t('title')}>
          {movements.items.map((movement) => (
            <ListItem
              key={movement.id}
              title={words(movement.text)}
              hint={
                <>
                  <Text>{instantText(movement.at, language)}</Text>
                  <Text className="hint">
                    {t('after')} <Amount fen={movement.balanceAfterFen} size="small" />
                  </Text>
                </>
              }
              aside={<Amount fen={movement.amountFen} />}
              to={movement.paymentId === null ? undefined : 'payment'}
              params={movement.paymentId === null ? undefined : { paymentId: movement.paymentId }}
            />
          ))}
        </List>
      )}
      {movements.hasMore && <Button onTap={movements.more}>{t('more')}</Button>}
    </Page>
  );
}
