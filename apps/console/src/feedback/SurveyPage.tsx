import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { instantText, monthText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { averageText } from './average.ts';

type Results = Answer<'GET /api/satisfaction'>;
type Month = Results['items'][number];

/** The last twelve months. */
function span(): { from: string; to: string } {
  const now = new Date();
  const month = (back: number) => {
    const at = new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1));
    return `${at.toISOString().slice(0, 7)}-01`;
  };
  return { from: month(11), to: month(0) };
}

export function SurveyPage() {
  const { t } = useTranslation(['feedback', 'ui']);
  const { values, set } = useUrlFilters(['communityId']);
  const query = { ...span(), ...values };
  const results = useRead('GET /api/satisfaction', { query });
  return (
    <Page
      title={t('survey.title')}
      intro={t('survey.intro')}
      actions={
        <a href={addressOf('/api/satisfaction.csv', {}, query)} download>
          {t('ui:export')}
        </a>
      }
    >
      <Card>
        <div className="stack">
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <Loaded query={results}>{(found) => <Months items={found.items} />}</Loaded>
        </div>
      </Card>
      <Loaded query={results}>{({ comments }) => <Comments comments={comments} />}</Loaded>
    </Page>
  );
}

function Months({ items }: { readonly items: readonly Month[] }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const [language] = useLanguage();
  if (items.length === 0) {
    return <EmptyNotice title={t('survey.empty')} hint={t('survey.emptyHint')} />;
  }
  return (
    <DataTable<Month>
      label={t('survey.title')}
      dataSource={items}
      rowKey={({ communityId, month }) => communityId + month}
      columns={[
        { title: t('survey.month'), render: (_value, { month }) => monthText(month, language) },
        { title: t('survey.community'), dataIndex: 'communityName' },
        { title: t('survey.asked'), dataIndex: 'asked', align: 'right' },
        { title: t('survey.answered'), dataIndex: 'answered', align: 'right' },
        {
          title: t('survey.average'),
          align: 'right',
          render: (_value, row) => averageText(row.averageHundredths) ?? t('ui:none'),
        },
        { title: t('survey.scores'), render: (_value, { scores }) => scores.join(' / ') },
      ]}
    />
  );
}

function Comments({ comments }: { readonly comments: Results['comments'] }) {
  const { t } = useTranslation('feedback');
  const [language] = useLanguage();
  if (comments.length === 0) return null;
  return (
    <Card title={<h2 className="card-title">{t('survey.comments')}</h2>}>
      <ul className="confirm-figures">
        {comments.map(({ at, communityName, score, text }) => (
          <li key={`${at}${text}`}>
            {t('one.score', { score })} · {communityName} · {instantText(at, language)}：{text}
          </li>
        ))}
      </ul>
    </Card>
  );
}
