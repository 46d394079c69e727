import { useRead } from '../api/hooks.ts';
import type { Option } from '../ui/Filters.tsx';

interface AccountOptions {
  readonly options: readonly Option[];
  readonly isLoading: boolean;
}

/** The bank accounts of the company, those in use first. */
export function useAccountOptions({ activeOnly = false } = {}): AccountOptions {
  const { data, isLoading } = useRead('GET /api/bank-accounts', {});
  const shown = (data?.items ?? []).filter(({ state }) => !activeOnly || state === 'active');
  const options = shown.map(({ id, name, numberMasked }) => ({
    value: id,
    label: `${name} ${numberMasked}`,
  }));
  return { options, isLoading };
}
