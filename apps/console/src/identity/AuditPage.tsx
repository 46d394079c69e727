import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterDay, FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { preciseText } from '../ui/format.ts';
import { useUrlFilters } from '../ui/url-state.ts';
import { actionWords, subjectWords } from './audit-words.ts';

type Entry = Item<'GET /api/audit'>;

const names = ['from', 'to', 'action', 'subjectKind', 'subjectId'] as const;

/** Every act that changed something, newest first. */
export function AuditPage() {
  const { t } = useTranslation('identity');
  const [language] = useLanguage();
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const query = useRead('GET /api/audit', { query: { ...values, after } });
  return (
    <DataPage<Entry>
      title={t('audit.title')}
      intro={t('audit.intro')}
      label={t('audit.title')}
      query={query}
      rowKey={({ id }) => id}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/audit.csv', {}, values)}
      empty={{ title: t('audit.emptyTitle'), hint: t('audit.emptyHint') }}
      filters={
        <>
          <FilterDay
            label={t('audit.from')}
            value={values.from}
            onChange={(from) => set({ from })}
          />
          <FilterDay label={t('audit.to')} value={values.to} onChange={(to) => set({ to })} />
          <FilterSelect
            label={t('audit.action')}
            value={values.action}
            options={Object.entries(actionWords).map(([value, words]) => ({
              value,
              label: words[language],
            }))}
            onChange={(action) => set({ action })}
          />
          <FilterSearch
            label={t('audit.filterSubject')}
            placeholder=""
            value={values.subjectId}
            onChange={(subjectId) => set({ subjectId })}
          />
        </>
      }
      columns={[
        {
          title: t('audit.at'),
          render: (_value, { at }) => <span className="figure">{preciseText(at, language)}</span>,
        },
        {
          title: t('audit.actor'),
          render: (_value, { actorKind, actorName }) =>
            (actorKind === 'system' ? null : actorName) ?? t(`audit.kind.${actorKind}`),
        },
        {
          title: t('audit.action'),
          className: 'nowrap',
          render: (_value, { action }) => actionWords[action]?.[language] ?? action,
        },
        {
          title: t('audit.subject'),
          render: (_value, entry) => (
            <Tooltip title={entry.subjectId} trigger={['hover', 'focus', 'click']}>
              <button
                type="button"
                className="link"
                onClick={() => set({ subjectId: entry.subjectId })}
              >
                {subjectWords[entry.subjectKind]?.[language] ?? entry.subjectKind}
              </button>
            </Tooltip>
          ),
        },
        { title: t('audit.detail'), render: (_value, { detail }) => <Detail detail={detail} /> },
        { title: t('audit.ip'), render: (_value, { ip }) => ip ?? t('audit.kind.system') },
        {
          title: t('audit.seal'),
          align: 'right',
          render: (_value, { sealNo }) => (
            <span className="figure">{sealNo ?? t('audit.unsealed')}</span>
          ),
        },
      ]}
    />
  );
}

/** The facts that the act kept, folded away until somebody asks. */
function Detail({ detail }: { readonly detail: Entry['detail'] }) {
  const { t } = useTranslation('identity');
  const text = JSON.stringify(detail, null, 2);
  if (text === '{}') return null;
  return (
    <details>
      <summary>{t('audit.show')}</summary>
      <pre className="mono" style={{ maxWidth: 480, margin: 0, whiteSpace: 'pre-wrap' }}>
        {text}
      </pre>
    </details>
  );
}
