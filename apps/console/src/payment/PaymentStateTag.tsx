import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

type Payment = Item<'GET /api/payments'>;

const tones: Record<Payment['state'], Tone> = {
  open: 'processing',
  paid: 'success',
  closed: 'default',
};

interface PaymentStateTagProps {
  readonly payment: Pick<Payment, 'state' | 'settledFen' | 'topUpFen' | 'refundedFen'>;
}

/** The state, and beside it whether some or all of what settled bills went back. */
export function PaymentStateTag({ payment }: PaymentStateTagProps) {
  const { t } = useTranslation(['payment', 'refund']);
  const { state, settledFen, topUpFen, refundedFen } = payment;
  const kept = settledFen + topUpFen;
  const back = refundedFen === 0 ? undefined : refundedFen < kept ? 'part' : 'full';
  return (
    <>
      <StateTag tone={tones[state]}>{t(`payments.state.${state}`)}</StateTag>
      {back && <StateTag tone="warning">{t(`refund:paid.${back}`)}</StateTag>}
    </>
  );
}
