import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { AccountCard } from './AccountCard.tsx';
import { AccountForm } from './AccountForm.tsx';
import { AloneNotice } from './AloneNotice.tsx';

/** The accounts that money comes in by. */
export function MerchantAccountsPage() {
  const { t } = useTranslation('channels');
  const { can } = useSession();
  const [isAdding, setAdding] = useState(false);
  const query = useRead('GET /api/merchant-accounts', {});
  const add = can('channels.write') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} intro={t('intro')} actions={add}>
      <AloneNotice />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>
              <EmptyNotice title={t('emptyTitle')} hint={t('emptyHint')} action={add} />
            </Card>
          ) : (
            items.map((account) => <AccountCard key={account.id} account={account} />)
          )
        }
      </Loaded>
      <AccountForm isOpen={isAdding} onClose={() => setAdding(false)} />
    </Page>
  );
}
