import type { AutopayDebit, AutopayDebitState } from '@wuye-pay/contract';
import { Button, Text } from '#ui';
import { dayText, monthText } from '../format/index.ts';
import { useTexts, useWords } from '../i18n/index.ts';
import { useSettings } from '../settings/index.ts';
import { Amount, ListItem, Tag, type TagKind } from '../ui/index.ts';
import { texts } from './texts.ts';

interface DebitItemProps {
  readonly debit: AutopayDebit;
  readonly onUnskip: (debitId: string) => void;
  readonly isBusy: boolean;
}

/** A debit in a list: what it was for, what became of it, and why. */
export function DebitItem({ debit, onUnskip, isBusy }: DebitItemProps) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const { id, debitOn, state, tryNo, note, paymentId, bills, amountFen, canUnskip } = debit;
  const day = dayText(debitOn, language);
  const isLink = paymentId !== null && state === 'paid';
  return (
    <ListItem
      title={
        <>
          {day} <Tag kind={kinds[state]}>{t(`state.${state}`)}</Tag>
          {tryNo > 1 && <Text className="hint">{t('tryNo', { no: tryNo })}</Text>}
        </>
      }
      hint={
        <>
          {note && <Text>{words(note)}</Text>}
          {bills.map((bill) => (
            <Text key={bill.billId} className="hint">
              {bill.unitLabel} {bill.feeItemName} {monthText(bill.month, language)}
            </Text>
          ))}
          {canUnskip && (
            <Button
              kind="plain"
              disabled={isBusy}
              ariaLabel={t('unskipOf', { day })}
              onTap={() => onUnskip(id)}
            >
              {t('unskip')}
            </Button>
          )}
        </>
      }
      aside={<Amount fen={amountFen} />}
      to={isLink ? 'payment' : undefined}
      params={isLink ? { paymentId } : undefined}
    />
  );
}

const kinds: Readonly<Record<AutopayDebitState, TagKind>> = {
  planned: 'plain',
  announced: 'plain',
  started: 'warning',
  paid: 'good',
  failed: 'bad',
  skipped: 'plain',
  dropped: 'plain',
};
