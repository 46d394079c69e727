import type { OpenBills } from '@wuye-pay/contract';
import { useState } from 'react';
import { go, storage } from '#platform';
import { useTexts } from '../../i18n/index.ts';
import {
  cartOf,
  chosenOf,
  hasChoice,
  needsNoConfirming,
  PayFoot,
  type Selection,
  usePayment,
  usePlan,
  wayOf,
} from '../../pay/index.ts';
import { keepSelection } from '../../pay/kept-selection.ts';
import { texts } from './texts.ts';

interface PayBillsProps {
  readonly open: OpenBills;
  readonly code: string | undefined;
  readonly selection: Selection;
  /** Why the bills could not be read again. */
  readonly reading: unknown;
}

/** The total and the button: straight to the wallet when there is nothing to decide. */
export function PayBills({ open, code, selection, reading }: PayBillsProps) {
  const t = useTexts(texts);
  const chosen = chosenOf(open, selection);
  const cart = cartOf(open, chosen);
  const plan = usePlan(chosen.count > 0 ? cart : undefined);
  const payment = usePayment();
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const confirm = () => {
    keepSelection(selection);
    go('confirm', { code });
  };
  const pay = () => {
    setFailure(undefined);
    if (!needsNoConfirming(chosen)) return confirm();
    setAsking(true);
    plan
      .get()
      .then((found) => {
        const preferred = storage.read('way');
        const way = wayOf(found, preferred);
        if (!way || hasChoice(found, preferred)) confirm();
        else payment.start(cart, way);
      }, setFailure)
      .finally(() => setAsking(false));
  };
  return (
    <PayFoot
      totalFen={chosen.totalFen}
      note={t('chosen', { count: chosen.count })}
      verb="pay"
      phase={payment.phase}
      isBusy={payment.isBusy || isAsking}
      reading={reading}
      failure={failure ?? payment.failure}
      onPay={pay}
    />
  );
}
