import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataList } from '../ui/DataPage.tsx';
import { dayText, instantText } from '../ui/format.ts';
import { Page } from '../ui/Page.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { ImportStateTag, isMoving } from './ImportStateTag.tsx';
import { UploadCard } from './UploadCard.tsx';

type Import = Item<'GET /api/bank-imports'>;

const listRefreshMs = 3_000;

/** Where statements come in, and what became of those before. */
export function ImportsPage() {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  return (
    <Page title={t('imports.title')} intro={t('imports.intro')}>
      {can('bank.import') && <UploadCard />}
      <Card title={<h2 className="card-title">{t('imports.history')}</h2>}>
        <History />
      </Card>
    </Page>
  );
}

function History() {
  const { t } = useTranslation(['bank', 'ui']);
  const [language] = useLanguage();
  const { after } = useUrlFilters([]);
  const query = useRead(
    'GET /api/bank-imports',
    { query: { after } },
    {
      refreshMs: (data) =>
        (data?.items ?? []).some(({ state }) => isMoving(state)) && listRefreshMs,
    },
  );
  return (
    <DataList<Import>
      label={t('imports.history')}
      query={query}
      rowKey={({ id }) => id}
      empty={{ title: t('imports.emptyTitle'), hint: t('imports.emptyHint') }}
      columns={[
        {
          title: t('imports.file'),
          render: (_value, { id, fileName }) => <Link to={paths.bankImport(id)}>{fileName}</Link>,
        },
        { title: t('entries.account'), dataIndex: 'bankAccountName' },
        {
          title: t('imports.period'),
          render: (_value, { firstOn, lastOn }) => (
            <span className="figure">
              {firstOn && lastOn
                ? `${dayText(firstOn, language)} – ${dayText(lastOn, language)}`
                : t('ui:none')}
            </span>
          ),
        },
        {
          title: t('imports.state'),
          render: (_value, { state }) => <ImportStateTag state={state} />,
        },
        {
          title: t('imports.createdAt'),
          render: (_value, { createdAt }) => (
            <span className="figure">{instantText(createdAt, language)}</span>
          ),
        },
        { title: t('imports.createdBy'), dataIndex: 'createdBy' },
      ]}
    />
  );
}
