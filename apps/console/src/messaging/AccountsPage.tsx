import { Button, Card, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { AccountForm } from './AccountForm.tsx';
import { SettingsCard } from './SettingsCard.tsx';
import { TestForm } from './TestForm.tsx';

export type Account = Item<'GET /api/message-accounts'>;
export type Provider = Item<'GET /api/message-providers'>;

/** Accounts at the providers of messages, and when nothing is sent. */
export function AccountsPage() {
  const { t } = useTranslation('messaging');
  const { can } = useSession();
  const [edited, setEdited] = useState<Account | 'new' | undefined>();
  const [tested, setTested] = useState<Account | undefined>();
  const query = useRead('GET /api/message-accounts', {});
  const providers = useRead('GET /api/message-providers', {});
  const add = can('messaging.write') && (
    <Button type="primary" onClick={() => setEdited('new')}>
      {t('accounts.add')}
    </Button>
  );
  const known = providers.data?.items ?? [];
  return (
    <Page
      title={t('accounts.title')}
      intro={t('accounts.intro')}
      actions={
        <>
          <LinkButton to={paths.messageTemplates()}>{t('templates.title')}</LinkButton>
          {add}
        </>
      }
    >
      <Card>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNotice
                title={t('accounts.emptyTitle')}
                hint={t('accounts.emptyHint')}
                action={add}
              />
            ) : (
              <AccountTable
                accounts={items}
                providers={known}
                onEdit={setEdited}
                onTest={setTested}
              />
            )
          }
        </Loaded>
      </Card>
      <SettingsCard />
      <AccountForm providers={known} edited={edited} onClose={() => setEdited(undefined)} />
      <TestForm providers={known} tested={tested} onClose={() => setTested(undefined)} />
    </Page>
  );
}

interface AccountTableProps {
  readonly accounts: readonly Account[];
  readonly providers: readonly Provider[];
  readonly onEdit: (account: Account) => void;
  readonly onTest: (account: Account) => void;
}

function AccountTable({ accounts, providers, onEdit, onTest }: AccountTableProps) {
  const { t } = useTranslation(['messaging', 'ui']);
  const [language] = useLanguage();
  const { can } = useSession();
  const labels = new Map(providers.map(({ name, label }) => [name, label[language]]));
  return (
    <DataTable<Account>
      label={t('accounts.title')}
      dataSource={accounts}
      rowKey="id"
      columns={[
        { title: t('accounts.name'), dataIndex: 'name' },
        {
          title: t('accounts.provider'),
          render: (_value, { provider, appId }) => (
            <>
              {labels.get(provider) ?? provider}
              {appId && <div className="mono">{appId}</div>}
            </>
          ),
        },
        { title: t('accounts.priority'), dataIndex: 'priority', align: 'right' },
        {
          title: t('accounts.price'),
          align: 'right',
          render: (_value, { unitPriceYuan }) =>
            unitPriceYuan === '0' ? t('ui:none') : unitPriceYuan,
        },
        { title: t('accounts.state'), render: (_value, account) => <State account={account} /> },
        {
          title: t('accounts.receiptUrl'),
          render: (_value, { receiptUrl }) =>
            receiptUrl === null ? (
              t('ui:none')
            ) : (
              <Typography.Text copyable={{ text: receiptUrl }} className="mono">
                {`…/${receiptUrl.split('/').slice(-3, -1).join('/')}/…`}
              </Typography.Text>
            ),
        },
        ...(can('messaging.write')
          ? [
              {
                title: t('accounts.actions'),
                key: 'actions',
                render: (_value: unknown, account: Account) => (
                  <div className="row">
                    <Button
                      onClick={() => onTest(account)}
                      aria-label={t('test.title', { name: account.name })}
                    >
                      {t('test.label')}
                    </Button>
                    <Button
                      onClick={() => onEdit(account)}
                      aria-label={t('accounts.editTitle', { name: account.name })}
                    >
                      {t('accounts.edit')}
                    </Button>
                  </div>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function State({ account }: { readonly account: Account }) {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  const { state, trouble } = account;
  if (state === 'disabled') return <StateTag tone="default">{t('accounts.disabled')}</StateTag>;
  if (!trouble) return <StateTag tone="success">{t('accounts.active')}</StateTag>;
  return (
    <div className="wrapping">
      <StateTag tone="error">{t('accounts.trouble')}</StateTag>
      <div>{trouble.advice[language]}</div>
      <div className="mono">{trouble.code}</div>
    </div>
  );
}
