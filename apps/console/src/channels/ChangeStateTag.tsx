import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

type Change = Item<'GET /api/channel-changes'>;

const tones: Record<Change['state'], Tone> = {
  open: 'processing',
  approved: 'success',
  rejected: 'error',
  withdrawn: 'default',
};

export function ChangeStateTag({ change }: { readonly change: Change }) {
  const { t } = useTranslation('channels');
  return (
    <>
      <StateTag tone={tones[change.state]}>{t(`changes.state.${change.state}`)}</StateTag>
      {change.isAlone && <StateTag tone="warning">{t('changes.alone')}</StateTag>}
    </>
  );
}
