import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { countText, instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { AnnouncementForm } from './AnnouncementForm.tsx';

export type Announcement = Item<'GET /api/announcements'>;

const states = ['draft', 'published', 'withdrawn'] as const;
const tones = { draft: 'default', published: 'success', withdrawn: 'warning' } as const;

export function AnnouncementsPage() {
  const { t } = useTranslation('content');
  const { can } = useSession();
  const [edited, setEdited] = useState<Announcement | 'new' | undefined>();
  const { values, after, set, clear, isFiltered } = useUrlFilters(['state', 'communityId']);
  const state = states.find((one) => one === values.state);
  const filter = { state, communityId: values.communityId };
  const query = useRead('GET /api/announcements', { query: { ...filter, after } });
  const add = can('content.write') && (
    <Button type="primary" onClick={() => setEdited('new')}>
      {t('news.add')}
    </Button>
  );
  return (
    <>
      <DataPage<Announcement>
        title={t('news.title')}
        intro={t('news.intro')}
        label={t('news.title')}
        query={query}
        rowKey={({ id }) => id}
        columns={useColumns(setEdited)}
        actions={add}
        isFiltered={isFiltered}
        onClearFilters={clear}
        exportUrl={addressOf('/api/announcements.csv', {}, filter)}
        empty={{ title: t('news.emptyTitle'), hint: t('news.emptyHint'), action: add }}
        filters={
          <>
            <CommunityFilter
              value={values.communityId}
              onChange={(next) => set({ communityId: next })}
            />
            <FilterSelect
              label={t('news.state')}
              value={values.state}
              onChange={(next) => set({ state: next })}
              options={states.map((value) => ({ value, label: t(`news.state.${value}`) }))}
            />
          </>
        }
      />
      <AnnouncementForm edited={edited} onClose={() => setEdited(undefined)} />
    </>
  );
}

function useColumns(
  onEdit: (row: Announcement) => void,
): NonNullable<TableProps<Announcement>['columns']> {
  const { t } = useTranslation('content');
  const [language] = useLanguage();
  return [
    { title: t('news.name'), dataIndex: 'title' },
    { title: t('news.kind'), render: (_value, { kind }) => t(`news.kind.${kind}`) },
    {
      title: t('news.community'),
      render: (_value, { communityName }) => communityName ?? t('news.all'),
    },
    {
      title: t('news.state'),
      render: (_value, { state }) => (
        <StateTag tone={tones[state]}>{t(`news.state.${state}`)}</StateTag>
      ),
    },
    {
      title: t('news.publishedAt'),
      render: (_value, { publishedAt }) => (publishedAt ? instantText(publishedAt, language) : '—'),
    },
    {
      title: t('news.readers'),
      align: 'right',
      render: (_value, { readers }) => <span className="figure">{countText(readers)}</span>,
    },
    { title: t('news.expiresOn'), render: (_value, { expiresOn }) => expiresOn ?? '—' },
    {
      title: t('news.actions'),
      render: (_value, row) => <AnnouncementActions row={row} onEdit={onEdit} />,
    },
  ];
}

interface AnnouncementActionsProps {
  readonly row: Announcement;
  readonly onEdit: (row: Announcement) => void;
}

function AnnouncementActions({ row, onEdit }: AnnouncementActionsProps) {
  const { t } = useTranslation('content');
  const { can } = useSession();
  const publish = useWrite('POST /api/announcements/:announcementId/publish');
  const withdraw = useWrite('POST /api/announcements/:announcementId/withdraw');
  if (!can('content.write')) return null;
  const params = { announcementId: row.id };
  const where = row.communityName ?? t('news.all');
  return (
    <div className="row" style={{ flexWrap: 'nowrap' }}>
      {row.state === 'draft' && (
        <>
          <Button size="small" onClick={() => onEdit(row)}>
            {t('news.edit')}
          </Button>
          <ConfirmButton
            label={t('news.publish')}
            title={t('news.publishTitle', { name: row.title })}
            consequences={[t('news.publishSays', { where })]}
            confirmLabel={t('news.publish')}
            onConfirm={() => publish.mutateAsync({ params })}
          />
        </>
      )}
      {row.state === 'published' && (
        <ConfirmButton
          label={t('news.withdraw')}
          danger
          title={t('news.withdrawTitle', { name: row.title })}
          consequences={[t('news.withdrawSays', { count: row.readers })]}
          confirmLabel={t('news.withdraw')}
          onConfirm={() => withdraw.mutateAsync({ params })}
        />
      )}
    </div>
  );
}
