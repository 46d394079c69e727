import { Badge } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LiveState } from './use-live.ts';

const marks = { live: 'success', connecting: 'processing', polling: 'warning' } as const;

/** Whether what is on the screen comes as it happens. */
export function LiveBadge({ state }: { readonly state: LiveState }) {
  const { t } = useTranslation('payment');
  return (
    <span role="status">
      <Badge status={marks[state]} text={t(`live.${state}`)} />
    </span>
  );
}
