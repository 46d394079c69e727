import { useTranslation } from 'react-i18next';
import { useCommunityOptions, useFeeItemOptions } from '../choices/use-options.ts';

const kinds = [
  'receivable',
  'revenue',
  'deposit',
  'agency',
  'channel',
  'cash',
  'cheque',
  'pos',
  'bank',
  'suspense',
] as const;

/** Says an account as people do: 'receivable:<community>:<fee item>' → 应收账款 · 翠湖 · 物业费. */
export function useAccountName(): (code: string) => string {
  const { t } = useTranslation('payment');
  const communities = useCommunityOptions();
  const feeItems = useFeeItemOptions();
  const names = new Map(
    [...communities.options, ...feeItems.options].map(({ value, label }) => [value, label]),
  );
  return (code) => {
    const [first, ...keys] = code.split(':');
    const kind = kinds.find((one) => one === first);
    const known = keys.flatMap((key) => names.get(key) ?? []);
    return [kind ? t(`account.${kind}`) : code, ...known].join(' · ');
  };
}
