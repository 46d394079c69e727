import type { ResidentBill } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { useState } from 'react';
import { Button, Input, Sheet, Text } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { fenOf, payFenOf, payPart, type Selection, yuanOf } from '../../pay/index.ts';
import { Buttons, FormField } from '../../ui/index.ts';
import { texts } from './texts.ts';

interface PartSheetProps {
  readonly bill: ResidentBill;
  readonly selection: Selection;
  readonly onChange: (next: Selection) => void;
  readonly onClose: () => void;
}

/** How much of a bill is paid now; the rest stays open. */
export function PartSheet({ bill, selection, onChange, onClose }: PartSheetProps) {
  const t = useTexts(texts);
  const [text, setText] = useState(() => yuanOf(payFenOf(bill, selection)));
  const [problem, setProblem] = useState<string>();
  const open = yuanAmount(bill.openFen as Fen);

  const take = (fen: number | undefined) => {
    onChange(payPart(selection, bill, fen));
    onClose();
  };
  const save = () => {
    const fen = fenOf(text);
    if (fen === undefined || fen === 0) return setProblem(t('partUnreadable'));
    if (fen > bill.openFen) return setProblem(t('partTooMuch', { open }));
    take(fen);
  };
  return (
    <Sheet
      isOpen
      title={t('payPart')}
      onClose={onClose}
      foot={
        <Buttons>
          <Button kind="main" onTap={save}>
            {t('partSave')}
          </Button>
          <Button onTap={() => take(undefined)}>{t('partWhole', { open })}</Button>
        </Buttons>
      }
    >
      <Text>{t('partHint', { name: bill.feeItemName, open })}</Text>
      <FormField label={t('partAmount')} problem={problem}>
        {(field) => (
          <Input {...field} kind="amount" value={text} onChange={setText} onDone={save} />
        )}
      </FormField>
    </Sheet>
  );
}
