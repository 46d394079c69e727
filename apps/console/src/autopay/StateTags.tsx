import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

export type Mandate = Item<'GET /api/autopay/mandates'>;
export type Debit = Item<'GET /api/autopay/debits'>;

const mandateTones: Readonly<Record<Mandate['state'], Tone>> = {
  requested: 'processing',
  active: 'success',
  stopping: 'warning',
  ended: 'default',
};
export const mandateStates = Object.keys(mandateTones) as Mandate['state'][];

const debitTones: Readonly<Record<Debit['state'], Tone>> = {
  planned: 'processing',
  announced: 'processing',
  started: 'warning',
  paid: 'success',
  failed: 'error',
  skipped: 'default',
  dropped: 'default',
};
export const debitStates = Object.keys(debitTones) as Debit['state'][];

export function MandateStateTag({ state }: { readonly state: Mandate['state'] }) {
  const { t } = useTranslation('autopay');
  return <StateTag tone={mandateTones[state]}>{t(`state.${state}`)}</StateTag>;
}

export function DebitStateTag({ state }: { readonly state: Debit['state'] }) {
  const { t } = useTranslation('autopay');
  return <StateTag tone={debitTones[state]}>{t(`debit.${state}`)}</StateTag>;
}
