import type { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';

type Units = Pick<Item<'GET /api/payments'>, 'unitLabel' | 'furtherUnits'>;

/** 1栋301, or 1栋301 等 2 套 for a payment of several homes. */
export function unitsText(
  t: ReturnType<typeof useTranslation<'payment'>>['t'],
  { unitLabel, furtherUnits }: Units,
): string {
  if (furtherUnits.length === 0) return unitLabel;
  return t('payments.units', { unit: unitLabel, count: furtherUnits.length + 1 });
}
