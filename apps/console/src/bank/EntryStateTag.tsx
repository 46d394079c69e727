import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

export type Entry = Item<'GET /api/bank-entries'>;

const tones: Readonly<Record<Entry['state'], Tone>> = {
  matched: 'success',
  split: 'warning',
  suspense: 'warning',
  returned: 'default',
  'not-payment': 'default',
  debit: 'default',
};
export const entryStates = Object.keys(tones) as Entry['state'][];

export function EntryStateTag({ state }: { readonly state: Entry['state'] }) {
  const { t } = useTranslation('bank');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}
