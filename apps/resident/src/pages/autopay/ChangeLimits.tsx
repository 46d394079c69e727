import { useState } from 'react';
import { Button, Sheet } from '#ui';
import { request } from '../../api/index.ts';
import { LimitFields, limitsIn } from '../../autopay/index.ts';
import { useAction } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { yuanOf } from '../../pay/index.ts';
import { Buttons, Failure, Hint } from '../../ui/index.ts';
import type { OfMandate } from './MandateCard.tsx';
import { texts } from './texts.ts';

/** Lower limits hold at once; higher ones than were signed are signed again. */
export function ChangeLimits({ mandate, onChange }: OfMandate) {
  const t = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  const { id: mandateId, limitDebitFen, limitMonthFen, signedDebitFen, signedMonthFen } = mandate;
  const present = { debit: yuanOf(limitDebitFen), month: yuanOf(limitMonthFen) };
  const [value, setValue] = useState(present);
  const most = { debitFen: signedDebitFen, monthFen: signedMonthFen };
  const limits = limitsIn(value, most);
  const change = useAction(async (_once, body: NonNullable<typeof limits>) => {
    await request('POST /api/resident/autopay/:mandateId/limits', { params: { mandateId }, body });
    setOpen(false);
    onChange();
  });
  const open = () => {
    setValue(present);
    change.clear();
    setOpen(true);
  };
  return (
    <>
      <Button onTap={open}>{t('limits')}</Button>
      <Sheet
        isOpen={isOpen}
        title={t('limitsTitle')}
        onClose={() => setOpen(false)}
        foot={
          <Buttons>
            <Button
              kind="main"
              busy={change.isBusy}
              disabled={limits === undefined}
              onTap={() => limits && change.run(limits)}
            >
              {t('save')}
            </Button>
          </Buttons>
        }
      >
        <Failure error={change.failure} />
        <LimitFields value={value} onChange={setValue} most={most} />
        <Hint>{t('limitsHint')}</Hint>
      </Sheet>
    </>
  );
}
