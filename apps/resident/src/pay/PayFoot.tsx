import { type Fen, yuanAmount } from '@wuye-pay/money';
import { Button, Text, View } from '#ui';
import { isOffline } from '../api/index.ts';
import { spokenAmount } from '../format/index.ts';
import { useTexts } from '../i18n/index.ts';
import { useSettings } from '../settings/index.ts';
import { Amount, Failure, useOnline } from '../ui/index.ts';
import { payTexts } from './texts.ts';
import type { PayPhase } from './use-payment.ts';

interface PayFootProps {
  readonly totalFen: number;
  /** Beside the total: how many bills; left out where there is nothing to count. */
  readonly note?: string | undefined;
  /** What the button will take, where that is less than the total. */
  readonly payFen?: number | undefined;
  /** `pay` leads on, `confirm` opens the wallet. */
  readonly verb: 'pay' | 'confirm';
  readonly phase: PayPhase;
  readonly isBusy: boolean;
  readonly isOff?: boolean | undefined;
  /** What became of the newest reading of the bills: without a network nothing is paid. */
  readonly reading?: unknown;
  readonly failure: unknown;
  readonly onPay: () => void;
}

/** The total and the one button, with what became of the last tap. */
export function PayFoot(props: PayFootProps) {
  const { totalFen, note, payFen = totalFen, verb, phase, isBusy, isOff = false } = props;
  const t = useTexts(payTexts);
  const { language } = useSettings();
  const isOnline = useOnline() && !isOffline(props.reading);
  const isEmpty = payFen === 0;
  const said = !isOnline ? t('offline') : phase === 'idle' ? '' : t(phase);
  const label = verb === 'pay' ? t('pay', { amount: yuanAmount(payFen as Fen) }) : '';
  const amount = yuanAmount(payFen as Fen);
  const spoken = spokenAmount(payFen, language);
  return (
    <>
      <Failure error={props.failure} about={{}} />
      <View role="status" className="pay-said">
        {said !== '' && <Text>{said}</Text>}
      </View>
      <View className="pay-total">
        <Text>{t('total')}</Text>
        {note !== undefined && <Text className="hint">{note}</Text>}
        <Amount fen={totalFen} size="large" />
      </View>
      <Button
        kind="main"
        busy={isBusy}
        disabled={isEmpty || !isOnline || isOff}
        ariaLabel={
          isEmpty
            ? t('none')
            : t(verb === 'pay' ? 'paySpoken' : 'confirmPaySpoken', { amount: spoken })
        }
        onTap={props.onPay}
      >
        {isEmpty ? t('none') : label || t('confirmPay', { amount })}
      </Button>
    </>
  );
}
