import { useState } from 'react';
import { Button, Checkbox, Text } from '#ui';
import { type Item, request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Card, Failure, Hint } from '../../ui/index.ts';
import { texts } from './texts.ts';

interface OffersProps {
  readonly items: readonly Item<'GET /api/resident/home-offers'>[];
  readonly onBound: () => void;
}

/** Homes that the house list names with the phone; one that is not one's own is left out. */
export function Offers({ items, onBound }: OffersProps) {
  const t = useTexts(texts);
  const [left, setLeft] = useState<readonly string[]>([]);
  const taken = items.filter(({ unitId }) => !left.includes(unitId));
  const take = useAction(async () => {
    const unitIds = taken.map(({ unitId }) => unitId);
    await request('POST /api/resident/homes/by-phone', { body: { unitIds } });
    onBound();
  });
  if (items.length === 0) return null;
  const toggle = (unitId: string, isTaken: boolean) =>
    setLeft(isTaken ? left.filter((one) => one !== unitId) : [...left, unitId]);
  return (
    <Card title={t('offers')}>
      {items.map(({ unitId, label, communityName, role }) => (
        <Checkbox
          key={unitId}
          checked={!left.includes(unitId)}
          onChange={(isTaken) => toggle(unitId, isTaken)}
        >
          <Text>{`${communityName} ${label} · ${t(`role.${role}`)}`}</Text>
        </Checkbox>
      ))}
      <Hint>{t('offersHint')}</Hint>
      <Failure error={take.failure} />
      <Button kind="main" onTap={take.run} busy={take.isBusy} disabled={taken.length === 0}>
        {t('takeOffers', { count: taken.length })}
      </Button>
    </Card>
  );
}
