import type { ResidentBill } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { Text, View } from '#ui';
import { dayText, periodText } from '../format/index.ts';
import { useTexts } from '../i18n/index.ts';
import { useSettings } from '../settings/index.ts';
import { Amount, Icon } from '../ui/index.ts';
import { payTexts } from './texts.ts';

interface BillLineProps {
  readonly bill: Pick<
    ResidentBill,
    'feeItemName' | 'periodStart' | 'periodEnd' | 'dueOn' | 'openFen' | 'isOverdue'
  >;
  /** What of it is paid now. */
  readonly payFen: number;
}

/** What a bill is for, until when, and how much of it is paid now. */
export function BillLine({ bill, payFen }: BillLineProps) {
  const t = useTexts(payTexts);
  const { language } = useSettings();
  return (
    <View className="bill-line">
      <View className="bill-words">
        <Text className="item-title">{bill.feeItemName}</Text>
        <Text className="hint">
          {periodText(bill.periodStart, bill.periodEnd, language)}
          {' · '}
          {t('dueBy', { day: dayText(bill.dueOn, language) })}
        </Text>
        {bill.isOverdue && (
          <View className="overdue">
            <Icon name="warning" />
            <Text>{t('overdue')}</Text>
          </View>
        )}
        {payFen < bill.openFen && (
          <Text className="hint">{t('partOf', { open: yuanAmount(bill.openFen as Fen) })}</Text>
        )}
      </View>
      <Amount fen={payFen} />
    </View>
  );
}
