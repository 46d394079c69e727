import { Link } from '#ui';
import { request } from '../../api/index.ts';
import { DebitItem } from '../../autopay/index.ts';
import { useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Card, Failure, Hint, List } from '../../ui/index.ts';
import type { OfMandate } from './MandateCard.tsx';
import { texts } from './texts.ts';

/** Enough to see how it goes; the others have a page. */
const mostRecent = 3;

/** The last debits that are over, failures explained. */
export function Recent({ mandate, onChange }: OfMandate) {
  const t = useTexts(texts);
  const { id: mandateId, next } = mandate;
  const debits = useRead('GET /api/resident/autopay/:mandateId/debits', {
    params: { mandateId },
    query: { limit: mostRecent + 1 },
  });
  const undo = useAction(async (_once, debitId: string) => {
    const params = { mandateId, debitId };
    await request('POST /api/resident/autopay/:mandateId/debits/:debitId/unskip', { params });
    debits.reload();
    onChange();
  });
  const over = debits.data?.items.filter(({ id }) => id !== next?.id).slice(0, mostRecent) ?? [];
  return (
    <Card title={t('recent')}>
      <Failure error={undo.failure ?? debits.failure} />
      {debits.data && over.length === 0 && <Hint>{t('recentNone')}</Hint>}
      {over.length > 0 && (
        <List label={t('recent')}>
          {over.map((debit) => (
            <DebitItem key={debit.id} debit={debit} isBusy={undo.isBusy} onUnskip={undo.run} />
          ))}
        </List>
      )}
      <Link to="autopay-history" params={{ mandateId }}>
        {t('history')}
      </Link>
    </Card>
  );
}
