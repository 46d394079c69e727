import { useTranslation } from 'react-i18next';
import { FilterSelect } from '../ui/Filters.tsx';
import {
  useBuildingOptions,
  useCommunityOptions,
  useFeeItemOptions,
  useKindOptions,
} from './use-options.ts';

interface ChoiceProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

export function CommunityFilter({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation('choices');
  const { options, isLoading } = useCommunityOptions();
  return (
    <FilterSelect
      label={t('community')}
      value={value}
      onChange={onChange}
      options={options}
      loading={isLoading}
      width={200}
    />
  );
}

export function BuildingFilter({
  communityId,
  value,
  onChange,
}: ChoiceProps & { readonly communityId: string | undefined }) {
  const { t } = useTranslation('choices');
  const { options, isLoading } = useBuildingOptions(communityId);
  if (communityId === undefined) return null;
  return (
    <FilterSelect
      label={t('building')}
      value={value}
      onChange={onChange}
      options={options}
      loading={isLoading}
    />
  );
}

export function FeeItemFilter({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation('choices');
  const { options, isLoading } = useFeeItemOptions();
  return (
    <FilterSelect
      label={t('feeItem')}
      value={value}
      onChange={onChange}
      options={options}
      loading={isLoading}
    />
  );
}

export function KindFilter({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation('choices');
  return (
    <FilterSelect
      label={t('kind')}
      value={value}
      onChange={onChange}
      options={useKindOptions()}
      width={120}
    />
  );
}
