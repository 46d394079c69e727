import { type Fen, yuanAmount } from '@wuye-pay/money';
import { Input } from '#ui';
import { useTexts } from '../i18n/index.ts';
import { fenOf } from '../pay/index.ts';
import { FormField } from '../ui/index.ts';
import { texts } from './texts.ts';

/** What was typed into both fields. */
export interface LimitTexts {
  readonly debit: string;
  readonly month: string;
}

interface LimitFieldsProps {
  readonly value: LimitTexts;
  readonly onChange: (next: LimitTexts) => void;
  /** What was signed: no limit may be above. */
  readonly most?: { readonly debitFen: number; readonly monthFen: number } | undefined;
}

/** How much may be debited at once and in a month. */
export function LimitFields({ value, onChange, most }: LimitFieldsProps) {
  const t = useTexts(texts);
  const problemOf = (text: string, mostFen: number | undefined): string | undefined => {
    const fen = fenOf(text);
    if (fen === undefined) return t('unreadable');
    if (fen < leastFen) return t('tooLow');
    if (mostFen !== undefined && fen > mostFen) {
      return t('aboveSigned', { amount: yuanAmount(mostFen as Fen) });
    }
    return undefined;
  };
  const isTurned = (fenOf(value.debit) ?? 0) > (fenOf(value.month) ?? Number.POSITIVE_INFINITY);
  return (
    <>
      <FormField label={t('debitLimit')} problem={problemOf(value.debit, most?.debitFen)}>
        {(field) => (
          <Input
            {...field}
            kind="amount"
            value={value.debit}
            onChange={(debit) => onChange({ ...value, debit })}
          />
        )}
      </FormField>
      <FormField
        label={t('monthLimit')}
        hint={t('limitHint')}
        problem={
          problemOf(value.month, most?.monthFen) ?? (isTurned ? t('monthBelowDebit') : undefined)
        }
      >
        {(field) => (
          <Input
            {...field}
            kind="amount"
            value={value.month}
            onChange={(month) => onChange({ ...value, month })}
          />
        )}
      </FormField>
    </>
  );
}

const leastFen = 1_00;

/** Both limits in fen; undefined while one cannot be taken. */
export function limitsIn(value: LimitTexts, most?: LimitFieldsProps['most']) {
  const limitDebitFen = fenOf(value.debit) ?? 0;
  const limitMonthFen = fenOf(value.month) ?? 0;
  const isGood =
    limitDebitFen >= leastFen &&
    limitDebitFen <= limitMonthFen &&
    limitDebitFen <= (most?.debitFen ?? limitDebitFen) &&
    limitMonthFen <= (most?.monthFen ?? limitMonthFen);
  return isGood ? { limitDebitFen, limitMonthFen } : undefined;
}
