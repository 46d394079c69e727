import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

export type ImportState = Item<'GET /api/bank-imports'>['state'];

const tones: Readonly<Record<ImportState, Tone>> = {
  waiting: 'processing',
  checking: 'processing',
  checked: 'warning',
  'apply-waiting': 'processing',
  applying: 'processing',
  applied: 'success',
  unreadable: 'error',
};

export function ImportStateTag({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation('bank');
  return <StateTag tone={tones[state]}>{t(`importState.${state}`)}</StateTag>;
}

/** A worker is at it, or will be in a moment. */
export function isMoving(state: ImportState): boolean {
  return tones[state] === 'processing';
}
