import type { AutopayDebit } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { useState } from 'react';
import { Button, Text, View } from '#ui';
import { request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { dayText, monthText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount, Card, Confirm, Failure, Hint, Notice } from '../../ui/index.ts';
import type { OfMandate } from './MandateCard.tsx';
import { texts } from './texts.ts';
import './autopay.css';

/** When, how much, for what; and a way to leave it out. */
export function NextDebit({ mandate, onChange }: OfMandate) {
  const t = useTexts(texts);
  const { id: mandateId, next, later } = mandate;
  const [asking, ask] = useState<AutopayDebit>();
  const [skipped, setSkipped] = useState<AutopayDebit>();
  const [isUndone, setUndone] = useState(false);
  const skip = useAction(async (_once, debit: AutopayDebit) => {
    const params = { mandateId, debitId: debit.id };
    await request('POST /api/resident/autopay/:mandateId/debits/:debitId/skip', { params });
    ask(undefined);
    setUndone(false);
    setSkipped(debit);
    onChange();
  });
  const undo = useAction(async (_once, debitId: string) => {
    const params = { mandateId, debitId };
    await request('POST /api/resident/autopay/:mandateId/debits/:debitId/unskip', { params });
    setSkipped(undefined);
    setUndone(true);
    onChange();
  });
  return (
    <Card title={t('next')}>
      {skipped && (
        <Notice kind="info" title={t('skipped')}>
          <Text>{t('skippedHint')}</Text>
          <Button busy={undo.isBusy} onTap={() => undo.run(skipped.id)}>
            {t('undo')}
          </Button>
        </Notice>
      )}
      {isUndone && (
        <Notice kind="good" title={t('undone')}>
          {t('undoneHint')}
        </Notice>
      )}
      <Failure error={undo.failure} />
      {next ? <Planned debit={next} onSkip={() => ask(next)} /> : <NothingPlanned />}
      {later.count > 0 && (
        <Hint>{t('later', { count: later.count, amount: yuanAmount(later.openFen as Fen) })}</Hint>
      )}
      <SkipQuestion
        debit={asking}
        isBusy={skip.isBusy}
        failure={skip.failure}
        onSkip={skip.run}
        onClose={() => ask(undefined)}
      />
    </Card>
  );
}

function NothingPlanned() {
  const t = useTexts(texts);
  return (
    <>
      <Text>{t('nextNone')}</Text>
      <Hint>{t('nextNoneHint')}</Hint>
    </>
  );
}

function Planned({ debit, onSkip }: { readonly debit: AutopayDebit; readonly onSkip: () => void }) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const { debitOn, amountFen, bills, state, note, canSkip } = debit;
  const hint = { planned: t('nextPlanned'), announced: t('nextAnnounced') }[state as 'planned'];
  return (
    <>
      <View className="autopay-next">
        <Text className="autopay-day">{dayText(debitOn, language)}</Text>
        <Amount fen={amountFen} size="large" />
      </View>
      {bills.map((bill) => (
        <View key={bill.billId} className="autopay-line">
          <Text className="hint">
            {bill.unitLabel} {bill.feeItemName} {monthText(bill.month, language)}
          </Text>
          <Amount fen={bill.amountFen} size="small" />
        </View>
      ))}
      <Text>{note ? words(note) : (hint ?? t('nextStarted'))}</Text>
      {canSkip && <Button onTap={onSkip}>{t('skip')}</Button>}
    </>
  );
}

interface SkipQuestionProps {
  readonly debit: AutopayDebit | undefined;
  readonly isBusy: boolean;
  readonly failure: unknown;
  readonly onSkip: (debit: AutopayDebit) => void;
  readonly onClose: () => void;
}

function SkipQuestion({ debit, isBusy, failure, onSkip, onClose }: SkipQuestionProps) {
  const t = useTexts(texts);
  const { language } = useSettings();
  return (
    <Confirm
      isOpen={debit !== undefined}
      title={debit ? t('skipAsk', { day: dayText(debit.debitOn, language) }) : t('skip')}
      action={t('skip')}
      isBusy={isBusy}
      onConfirm={() => debit && onSkip(debit)}
      onClose={onClose}
    >
      <Failure error={failure} />
      {debit && <Text>{t('skipWhat', { amount: yuanAmount(debit.amountFen as Fen) })}</Text>}
    </Confirm>
  );
}
