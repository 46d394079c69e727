import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataList } from '../ui/DataPage.tsx';
import { instantText } from '../ui/format.ts';
import { Page } from '../ui/Page.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { ImportStateTag, isMoving } from './ImportStateTag.tsx';
import { UploadCard } from './UploadCard.tsx';

type Import = Item<'GET /api/imports'>;

const listRefreshMs = 3_000;

/** Where files come in, and what became of those before. */
export function ImportsPage() {
  const { t } = useTranslation('estate');
  return (
    <Page
      title={t('imports.title')}
      intro={t('imports.intro')}
      actions={
        <Button href="/api/imports/template.xlsx" icon={<DownloadOutlined aria-hidden />} download>
          {t('imports.template')}
        </Button>
      }
    >
      <UploadCard />
      <Card title={<h2 className="card-title">{t('imports.history')}</h2>}>
        <ImportHistory />
      </Card>
    </Page>
  );
}

function ImportHistory() {
  const { t } = useTranslation(['estate', 'ui']);
  const [language] = useLanguage();
  const { after } = useUrlFilters([]);
  const query = useRead(
    'GET /api/imports',
    { query: { after } },
    {
      refreshMs: (data) =>
        (data?.items ?? []).some(({ state }) => isMoving(state)) && listRefreshMs,
    },
  );
  const when = (at: string | null) => (
    <span className="figure">{at ? instantText(at, language) : t('ui:none')}</span>
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
          render: (_value, { id, fileName }) => <Link to={paths.import(id)}>{fileName}</Link>,
        },
        {
          title: t('imports.size'),
          align: 'right',
          render: (_value, { sizeBytes }) => <span className="figure">{sizeText(sizeBytes)}</span>,
        },
        {
          title: t('imports.community'),
          render: (_value, { communityName }) => communityName ?? t('ui:none'),
        },
        {
          title: t('imports.state'),
          render: (_value, { state }) => <ImportStateTag state={state} />,
        },
        { title: t('imports.createdAt'), render: (_value, { createdAt }) => when(createdAt) },
        {
          title: t('imports.createdBy'),
          render: (_value, { createdBy }) => createdBy ?? t('ui:none'),
        },
        { title: t('imports.appliedAt'), render: (_value, { appliedAt }) => when(appliedAt) },
      ]}
    />
  );
}

function sizeText(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.ceil(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
