import type { AutopayOption } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { Checkbox, Heading, Text, View } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { Card } from '../../ui/index.ts';
import { itemKey } from './chosen-items.ts';
import { texts } from './texts.ts';

interface ChooseItemsProps {
  readonly option: AutopayOption;
  readonly isTicked: (key: string) => boolean;
  readonly onTick: (key: string, on: boolean) => void;
}

/** The fee items of one's homes, all ticked that can be. */
export function ChooseItems({ option, isTicked, onTick }: ChooseItemsProps) {
  const t = useTexts(texts);
  const hintOf = (newestFen: number | null, paidBy: 'me' | 'other' | null): string => {
    if (paidBy === 'other') return t('taken');
    const newest =
      newestFen === null ? t('noBill') : t('newest', { amount: yuanAmount(newestFen as Fen) });
    return paidBy === 'me' ? `${newest} · ${t('mine')}` : newest;
  };
  return (
    <Card title={t('items')}>
      {option.homes.map(({ unitId, communityName, label, items }) => (
        <View key={unitId} role="group" ariaLabel={`${communityName} ${label}`}>
          <Heading level={3}>
            {communityName} {label}
          </Heading>
          {items.map(({ feeItemId, name, newestFen, paidBy }) => {
            const key = itemKey({ unitId, feeItemId });
            const isTaken = paidBy === 'other';
            return (
              <Checkbox
                key={key}
                checked={!isTaken && isTicked(key)}
                disabled={isTaken}
                ariaLabel={`${label} ${name}`}
                onChange={(on) => onTick(key, on)}
              >
                <Text>{name}</Text>
                <Text className="hint">{hintOf(newestFen, paidBy)}</Text>
              </Checkbox>
            );
          })}
        </View>
      ))}
    </Card>
  );
}
