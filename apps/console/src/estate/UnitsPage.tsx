import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { BuildingFilter, CommunityFilter, KindFilter } from '../choices/ChoiceFilters.tsx';
import { unitKinds } from '../choices/use-options.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { dayText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { Area } from './Area.tsx';

type Unit = Item<'GET /api/units'>;

const names = ['communityId', 'buildingId', 'kind', 'state', 'search'] as const;
const states = ['active', 'retired'] as const;

export function UnitsPage() {
  const { t } = useTranslation(['estate', 'ui']);
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const filter = {
    ...values,
    kind: unitKinds.find((kind) => kind === values.kind),
    state: states.find((state) => state === values.state),
  };
  const query = useRead('GET /api/units', { query: { ...filter, after } });
  return (
    <DataPage<Unit>
      title={t('units.title')}
      intro={t('units.intro')}
      label={t('units.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useUnitColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/units.csv', {}, filter)}
      empty={{
        title: t('units.emptyTitle'),
        hint: t('units.emptyHint'),
        action: (
          <LinkButton type="primary" to={paths.imports()}>
            {t('units.import')}
          </LinkButton>
        ),
      }}
      filters={
        <>
          <FilterSearch
            label={t('ui:search')}
            placeholder={t('units.searchHint')}
            value={values.search}
            onChange={(search) => set({ search })}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId, buildingId: undefined })}
          />
          <BuildingFilter
            communityId={values.communityId}
            value={values.buildingId}
            onChange={(buildingId) => set({ buildingId })}
          />
          <KindFilter value={values.kind} onChange={(kind) => set({ kind })} />
          <FilterSelect
            label={t('units.state')}
            value={values.state}
            width={120}
            onChange={(state) => set({ state })}
            options={states.map((value) => ({ value, label: t(`units.state.${value}`) }))}
          />
        </>
      }
    />
  );
}

function useUnitColumns(): NonNullable<TableProps<Unit>['columns']> {
  const { t } = useTranslation(['estate', 'choices', 'ui']);
  const [language] = useLanguage();
  return [
    {
      title: t('units.label'),
      render: (_value, { id, label }) => (
        <Link to={paths.unit(id)} className="nowrap">
          {label}
        </Link>
      ),
    },
    { title: t('choices:community'), dataIndex: 'communityName', responsive: ['md'] },
    { title: t('units.kind'), render: (_value, { kind }) => t(`choices:kind.${kind}`) },
    {
      title: t('units.builtM2'),
      align: 'right',
      render: (_value, { builtM2 }) => <Area m2={builtM2} />,
    },
    {
      title: t('units.chargeableM2'),
      align: 'right',
      render: (_value, { chargeableM2 }) => <Area m2={chargeableM2} />,
    },
    {
      title: t('units.owner'),
      render: (_value, { owners }) =>
        owners.map(({ nameMasked }) => nameMasked).join('、') || t('ui:none'),
    },
    {
      title: t('units.phone'),
      render: (_value, { owners }) => (
        <span className="figure">{owners[0]?.phoneMasked ?? t('ui:none')}</span>
      ),
    },
    {
      title: t('units.movedInOn'),
      render: (_value, { movedInOn }) => (
        <span className="figure">{movedInOn ? dayText(movedInOn, language) : t('ui:none')}</span>
      ),
    },
    {
      title: t('units.state'),
      render: (_value, { state }) => (
        <StateTag tone={state === 'active' ? 'success' : 'default'}>
          {t(`units.state.${state}`)}
        </StateTag>
      ),
    },
  ];
}
