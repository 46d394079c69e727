import type { HomeBills } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { useState } from 'react';
import { Button, Text } from '#ui';
import { request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { type BalanceUse, fromBalance } from '../../pay/from-balance.ts';
import type { Selection } from '../../pay/index.ts';
import { Confirm, Failure, useOnline } from '../../ui/index.ts';
import { texts } from './texts.ts';

interface UseBalanceProps {
  readonly home: HomeBills;
  readonly selection: Selection;
  readonly onUsed: () => void;
}

/** Pays ticked bills of a home out of what it has paid ahead. */
export function UseBalance({ home, selection, onUsed }: UseBalanceProps) {
  const t = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  const isOnline = useOnline();
  const use = fromBalance(home, selection);
  const amount = yuanAmount(use.amountFen as Fen);
  const action = useAction(async (idempotencyKey, { items, amountFen }: BalanceUse) => {
    await request('POST /api/resident/homes/:unitId/prepayment/uses', {
      params: { unitId: home.unitId },
      body: { items: [...items], amountFen, idempotencyKey },
    });
    setOpen(false);
    onUsed();
  });
  if (use.amountFen === 0) return null;
  return (
    <>
      <Button disabled={!isOnline} onTap={() => setOpen(true)}>
        {t('useBalance', { amount })}
      </Button>
      <Confirm
        isOpen={isOpen}
        title={t('useBalanceTitle')}
        action={t('useBalance', { amount })}
        isBusy={action.isBusy}
        onConfirm={() => action.run(use)}
        onClose={() => setOpen(false)}
      >
        <Failure error={action.failure} />
        <Text>
          {t('useBalanceWhat', {
            count: use.items.length,
            amount,
            rest: yuanAmount(use.restFen as Fen),
          })}
        </Text>
      </Confirm>
    </>
  );
}
