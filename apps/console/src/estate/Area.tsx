import { useTranslation } from 'react-i18next';
import { decimalText } from '../ui/format.ts';

/** An area in square metres, or a dash where there is none. */
export function Area({ m2 }: { readonly m2: string | null }) {
  const { t } = useTranslation(['estate', 'ui']);
  if (m2 === null) return <span>{t('ui:none')}</span>;
  return <span className="figure">{t('area', { value: decimalText(m2, 2) })}</span>;
}
