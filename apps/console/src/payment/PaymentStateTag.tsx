import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

type PaymentState = Item<'GET /api/payments'>['state'];

const tones: Record<PaymentState, Tone> = {
  open: 'processing',
  paid: 'success',
  closed: 'default',
};

export function PaymentStateTag({ state }: { readonly state: PaymentState }) {
  const { t } = useTranslation('payment');
  return <StateTag tone={tones[state]}>{t(`payments.state.${state}`)}</StateTag>;
}
