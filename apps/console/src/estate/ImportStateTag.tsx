import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

export type ImportState = Item<'GET /api/imports'>['state'];

const tones: Record<ImportState, Tone> = {
  waiting: 'processing',
  checking: 'processing',
  checked: 'warning',
  'apply-waiting': 'processing',
  applying: 'processing',
  applied: 'success',
  unreadable: 'error',
};

export function ImportStateTag({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation('estate');
  return <StateTag tone={tones[state]}>{t(`imports.state.${state}`)}</StateTag>;
}

/** Whether the server is still at work on the file. */
export function isMoving(state: ImportState): boolean {
  return tones[state] === 'processing';
}
