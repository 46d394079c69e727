import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

type RefundState = Item<'GET /api/refunds'>['state'];

const tones: Record<RefundState, Tone> = {
  requested: 'warning',
  approved: 'processing',
  processing: 'processing',
  refused: 'error',
  failed: 'error',
  refunded: 'success',
  returned: 'error',
  rejected: 'default',
  cancelled: 'default',
};

export function RefundStateTag({ state }: { readonly state: RefundState }) {
  const { t } = useTranslation('refund');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}
