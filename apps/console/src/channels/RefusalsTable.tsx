import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { countText, instantText } from '../ui/format.ts';
import type { Health } from './HealthCard.tsx';

type Refusal = Health['refusals'][number];

/** Notices that were not believed, by reason. */
export function RefusalsTable({ rows }: { readonly rows: readonly Refusal[] }) {
  const { t } = useTranslation('channels');
  const [language] = useLanguage();
  if (rows.length === 0) return <p className="page-intro">{t('refusalsNone')}</p>;
  return (
    <DataTable<Refusal>
      label={t('refusals')}
      size="small"
      dataSource={rows}
      rowKey="reason"
      columns={[
        { title: t('refusals.why'), render: (_value, { words }) => words[language] },
        {
          title: t('refusals.times'),
          align: 'right',
          render: (_value, { times }) => <span className="figure">{countText(times)}</span>,
        },
        {
          title: t('refusals.lastAt'),
          render: (_value, { lastAt }) => (
            <span className="figure">{instantText(lastAt, language)}</span>
          ),
        },
      ]}
    />
  );
}
