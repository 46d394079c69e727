import { type Fen, yuanAmount } from '@wuye-pay/money';
import { Text } from '#ui';
import { spokenAmount } from '../format/index.ts';
import { useSettings } from '../settings/index.ts';

interface AmountProps {
  readonly fen: number;
  readonly size?: 'small' | 'usual' | 'large' | undefined;
}

/** "¥740.70", read aloud as 七百四十元七角. */
export function Amount({ fen, size = 'usual' }: AmountProps) {
  const { language } = useSettings();
  return (
    <Text className={`amount amount-${size}`} ariaLabel={spokenAmount(fen, language)}>
      {yuanAmount(fen as Fen)}
    </Text>
  );
}
