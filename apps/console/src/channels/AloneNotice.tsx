import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';

/** Says the risk where nobody can check what one person changes. */
export function AloneNotice() {
  const { t } = useTranslation('channels');
  const { data } = useRead('GET /api/channel-alerts', {});
  if (!data?.isAlone) return null;
  return <Alert type="warning" showIcon title={t('alone')} description={t('aloneHint')} />;
}
