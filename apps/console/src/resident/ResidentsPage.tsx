import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';

type Row = Item<'GET /api/residents'>;

const states = ['active', 'closed'] as const;

export function ResidentsPage() {
  const { t } = useTranslation('resident');
  const { values, after, set, clear, isFiltered } = useUrlFilters([
    'state',
    'communityId',
    'search',
  ]);
  const state = states.find((one) => one === values.state);
  const filter = { state, communityId: values.communityId, search: values.search };
  const query = useRead('GET /api/residents', { query: { ...filter, after } });
  return (
    <DataPage<Row>
      title={t('residents.title')}
      intro={t('residents.intro')}
      label={t('residents.title')}
      query={query}
      rowKey={({ residentId }) => residentId}
      columns={useColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/residents.csv', {}, filter)}
      empty={{ title: t('residents.emptyTitle'), hint: t('residents.emptyHint') }}
      filters={
        <>
          <FilterSearch
            label={t('residents.searchLabel')}
            placeholder={t('residents.search')}
            value={values.search}
            onChange={(next) => set({ search: next })}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(next) => set({ communityId: next })}
          />
          <FilterSelect
            label={t('residents.state')}
            value={values.state}
            onChange={(next) => set({ state: next })}
            options={states.map((value) => ({ value, label: t(`residents.state.${value}`) }))}
          />
        </>
      }
    />
  );
}

function useColumns(): NonNullable<TableProps<Row>['columns']> {
  const { t } = useTranslation('resident');
  const [language] = useLanguage();
  return [
    {
      title: t('residents.name'),
      render: (_value, { residentId, displayName }) => (
        <Link to={paths.resident(residentId)}>{displayName ?? t('residents.nameless')}</Link>
      ),
    },
    { title: t('residents.phone'), render: (_value, { phoneMasked }) => phoneMasked ?? '—' },
    {
      title: t('residents.homes'),
      render: (_value, { homes }) =>
        homes
          .map(
            ({ communityName, label, role }) => `${communityName} ${label}（${t(`role.${role}`)}）`,
          )
          .join('、') || '—',
    },
    {
      title: t('residents.state'),
      render: (_value, { state }) => (
        <StateTag tone={state === 'active' ? 'success' : 'default'}>
          {t(`residents.state.${state}`)}
        </StateTag>
      ),
    },
    {
      title: t('residents.createdAt'),
      render: (_value, { createdAt }) => instantText(createdAt, language),
    },
    {
      title: t('residents.lastSeenAt'),
      render: (_value, { lastSeenAt }) => (lastSeenAt ? instantText(lastSeenAt, language) : '—'),
    },
  ];
}
