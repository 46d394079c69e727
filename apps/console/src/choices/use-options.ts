import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import type { Option } from '../ui/Filters.tsx';

/** The longest list that a choice offers; a company has far fewer communities. */
const limit = 200;

interface Options {
  readonly options: readonly Option[];
  readonly isLoading: boolean;
}

export function useCommunityOptions(): Options {
  const { data, isLoading } = useRead('GET /api/communities', { query: { limit } });
  return { options: (data?.items ?? []).map(named), isLoading };
}

export function useBuildingOptions(communityId: string | undefined): Options {
  const { data, isLoading } = useRead(
    'GET /api/buildings',
    { query: { communityId, limit } },
    { enabled: communityId !== undefined },
  );
  const items = communityId === undefined ? [] : (data?.items ?? []);
  return { options: items.map(named), isLoading };
}

export function useFeeItemOptions(): Options {
  const { data, isLoading } = useRead('GET /api/fee-items', { query: { limit } });
  return { options: (data?.items ?? []).map(named), isLoading };
}

export const unitKinds = ['home', 'shop', 'parking', 'storage'] as const;
export type UnitKind = (typeof unitKinds)[number];

export function useKindOptions(): readonly (Option & { readonly value: UnitKind })[] {
  const { t } = useTranslation('choices');
  return unitKinds.map((value) => ({ value, label: t(`kind.${value}`) }));
}

function named({ id, name }: { readonly id: string; readonly name: string }): Option {
  return { value: id, label: name };
}
