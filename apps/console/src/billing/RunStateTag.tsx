import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

type RunState = Item<'GET /api/bill-runs'>['state'];

const tones: Record<RunState, Tone> = {
  draft: 'warning',
  published: 'success',
  voided: 'default',
};

export function RunStateTag({ state }: { readonly state: RunState }) {
  const { t } = useTranslation('billing');
  return <StateTag tone={tones[state]}>{t(`runs.state.${state}`)}</StateTag>;
}
