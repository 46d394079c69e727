import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { usePurposeName } from './use-template-name.ts';

type Template = Item<'GET /api/message-templates'>;

/** Every message the system can send, its words, and where it is approved. */
export function TemplatesPage() {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  const purposeName = usePurposeName();
  const query = useRead('GET /api/message-templates', {});
  const accounts = useRead('GET /api/message-accounts', {});
  const names = new Map(accounts.data?.items.map(({ id, name }) => [id, name]));
  const at = ({ atAccounts }: Template) =>
    [...new Set(atAccounts.map(({ accountId }) => names.get(accountId) ?? ''))].join('、');
  return (
    <Page
      title={t('templates.title')}
      intro={t('templates.intro')}
      actions={<LinkButton to={paths.messageAccounts()}>{t('accounts.title')}</LinkButton>}
    >
      <Card>
        <Loaded query={query}>
          {({ items }) => (
            <DataTable<Template>
              label={t('templates.title')}
              dataSource={items}
              rowKey="key"
              columns={[
                {
                  title: t('templates.name'),
                  render: (_value, { key, label }) => (
                    <Link to={paths.messageTemplate(key)}>{label[language]}</Link>
                  ),
                },
                {
                  title: t('messages.purpose'),
                  render: (_value, { purpose }) => purposeName(purpose),
                },
                {
                  title: t('templates.text'),
                  render: (_value, { texts }) => (
                    <div className="wrapping">
                      {texts.find((text) => text.language === language)?.body}
                    </div>
                  ),
                },
                {
                  title: t('templates.approvedAt'),
                  render: (_value, template) => at(template) || t('templates.nowhere'),
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </Page>
  );
}
