import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { AccountForm } from './AccountForm.tsx';
import { LayoutsCard } from './LayoutsCard.tsx';
import { RulesCard } from './RulesCard.tsx';
import { SettingsCard } from './SettingsCard.tsx';

export type Account = Item<'GET /api/bank-accounts'>;

/** Where residents transfer to, and how what they transfer is matched. */
export function AccountsPage() {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  const [edited, setEdited] = useState<Account | 'new' | undefined>();
  const query = useRead('GET /api/bank-accounts', {});
  const add = can('bank.write') && (
    <Button type="primary" onClick={() => setEdited('new')}>
      {t('accounts.add')}
    </Button>
  );
  return (
    <Page title={t('accounts.title')} intro={t('accounts.intro')} actions={add}>
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
              <AccountTable accounts={items} onEdit={setEdited} />
            )
          }
        </Loaded>
      </Card>
      <SettingsCard />
      <RulesCard />
      <LayoutsCard />
      <AccountForm edited={edited} onClose={() => setEdited(undefined)} />
    </Page>
  );
}

interface AccountTableProps {
  readonly accounts: readonly Account[];
  readonly onEdit: (account: Account) => void;
}

function AccountTable({ accounts, onEdit }: AccountTableProps) {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  return (
    <DataTable<Account>
      label={t('accounts.title')}
      dataSource={accounts}
      rowKey="id"
      columns={[
        { title: t('accounts.name'), dataIndex: 'name' },
        { title: t('accounts.holder'), dataIndex: 'holder' },
        {
          title: t('accounts.bank'),
          render: (_value, { bankName, branch }) => [bankName, branch].filter(Boolean).join(' '),
        },
        {
          title: t('accounts.number'),
          render: (_value, { numberMasked }) => <span className="mono">{numberMasked}</span>,
        },
        {
          title: t('accounts.communities'),
          render: (_value, { communities }) =>
            communities.map(({ name }) => name).join('、') || t('accounts.everybody'),
        },
        {
          title: t('accounts.state'),
          render: (_value, { state }) => (
            <StateTag tone={state === 'active' ? 'success' : 'default'}>
              {t(`accounts.state.${state}`)}
            </StateTag>
          ),
        },
        ...(can('bank.write')
          ? [
              {
                title: t('accounts.actions'),
                key: 'edit',
                render: (_value: unknown, account: Account) => (
                  <Button
                    onClick={() => onEdit(account)}
                    aria-label={t('accounts.editTitle', { name: account.name })}
                  >
                    {t('accounts.edit')}
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
