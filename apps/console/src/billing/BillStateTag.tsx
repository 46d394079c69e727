import { WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../ui/StateTag.tsx';
import type { Bill } from './bill-columns.tsx';

const tones: Record<Bill['state'], Tone> = {
  draft: 'default',
  open: 'processing',
  overdue: 'error',
  settled: 'success',
  void: 'default',
};

/** What is late is marked by a word and a sign, not by its colour alone. */
export function BillStateTag({ state }: { readonly state: Bill['state'] }) {
  const { t } = useTranslation('billing');
  return (
    <StateTag tone={tones[state]}>
      {state === 'overdue' && <WarningOutlined aria-hidden />} {t(`bills.state.${state}`)}
    </StateTag>
  );
}
