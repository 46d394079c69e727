import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { ChangeStateTag } from './ChangeStateTag.tsx';

type Change = Item<'GET /api/channel-changes'>;

const states = ['open', 'approved', 'rejected', 'withdrawn'] as const;

/** What somebody proposed to change at accounts and routing, and what came of it. */
export function ChangesPage() {
  const { t } = useTranslation(['channels', 'ui']);
  const [language] = useLanguage();
  const { values, after, set, clear, isFiltered } = useUrlFilters(['state']);
  const state = states.find((one) => one === values.state);
  const query = useRead('GET /api/channel-changes', { query: { state, after } });
  const when = (at: string | null) => (
    <span className="figure">{at ? instantText(at, language) : t('ui:none')}</span>
  );
  return (
    <DataPage<Change>
      title={t('changes.title')}
      intro={t('changes.intro')}
      label={t('changes.title')}
      query={query}
      rowKey={({ id }) => id}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/channel-changes.csv', {}, { state })}
      empty={{
        title: t('changes.emptyTitle'),
        hint: t('changes.emptyHint'),
        action: <LinkButton to={paths.merchantAccounts()}>{t('title')}</LinkButton>,
      }}
      filters={
        <FilterSelect
          label={t('state')}
          value={values.state}
          onChange={(next) => set({ state: next })}
          options={states.map((value) => ({ value, label: t(`changes.state.${value}`) }))}
        />
      }
      columns={[
        {
          title: t('changes.what'),
          render: (_value, { id, kind, title }) => (
            <Link to={paths.channelChange(id)}>
              {t(`changes.kind.${kind}`)} · {title}
            </Link>
          ),
        },
        { title: t('state'), render: (_value, change) => <ChangeStateTag change={change} /> },
        { title: t('changes.by'), dataIndex: 'proposedBy' },
        { title: t('changes.at'), render: (_value, { proposedAt }) => when(proposedAt) },
        {
          title: t('changes.decidedBy'),
          render: (_value, { decidedBy }) => decidedBy ?? t('ui:none'),
        },
        { title: t('changes.decidedAt'), render: (_value, { decidedAt }) => when(decidedAt) },
      ]}
    />
  );
}
