import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { DecideForm } from './DecideForm.tsx';

type Row = Item<'GET /api/home-applications'>;

const states = ['open', 'approved', 'rejected', 'withdrawn'] as const;
const tones = {
  open: 'warning',
  approved: 'success',
  rejected: 'default',
  withdrawn: 'default',
} as const;

export function ApplicationsPage() {
  const { t } = useTranslation('resident');
  const [decided, setDecided] = useState<string>();
  const { values, after, set, clear, isFiltered } = useUrlFilters(['state', 'communityId']);
  const state = states.find((one) => one === values.state);
  const filter = { state, communityId: values.communityId };
  const query = useRead('GET /api/home-applications', { query: { ...filter, after } });
  return (
    <>
      <DataPage<Row>
        title={t('applications.title')}
        intro={t('applications.intro')}
        label={t('applications.title')}
        query={query}
        rowKey={({ applicationId }) => applicationId}
        columns={useColumns(setDecided)}
        isFiltered={isFiltered}
        onClearFilters={clear}
        exportUrl={addressOf('/api/home-applications.csv', {}, filter)}
        empty={{ title: t('applications.emptyTitle'), hint: t('applications.emptyHint') }}
        filters={
          <>
            <CommunityFilter
              value={values.communityId}
              onChange={(next) => set({ communityId: next })}
            />
            <FilterSelect
              label={t('applications.state')}
              value={values.state}
              onChange={(next) => set({ state: next })}
              options={states.map((value) => ({ value, label: t(`applications.state.${value}`) }))}
            />
          </>
        }
      />
      {decided !== undefined && (
        <DecideForm applicationId={decided} onClose={() => setDecided(undefined)} />
      )}
    </>
  );
}

function useColumns(onDecide: (id: string) => void): NonNullable<TableProps<Row>['columns']> {
  const { t } = useTranslation('resident');
  const [language] = useLanguage();
  const { can } = useSession();
  return [
    { title: t('applications.applicant'), dataIndex: 'applicant' },
    { title: t('residents.phone'), render: (_value, { phoneMasked }) => phoneMasked ?? '—' },
    {
      title: t('applications.home'),
      render: (_value, { communityName, label }) => `${communityName} ${label}`,
    },
    { title: t('applications.role'), render: (_value, { role }) => t(`role.${role}`) },
    {
      title: t('applications.state'),
      render: (_value, { state }) => (
        <StateTag tone={tones[state]}>{t(`applications.state.${state}`)}</StateTag>
      ),
    },
    {
      title: t('applications.createdAt'),
      render: (_value, { createdAt }) => instantText(createdAt, language),
    },
    {
      title: t('applications.result'),
      render: (_value, { state, applicationId }) =>
        state === 'open' && can('resident.approve') ? (
          <Button size="small" onClick={() => onDecide(applicationId)}>
            {t('applications.decide')}
          </Button>
        ) : (
          '—'
        ),
    },
  ];
}
