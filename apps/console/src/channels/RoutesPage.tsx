import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { AloneNotice } from './AloneNotice.tsx';
import { RouteForm } from './RouteForm.tsx';
import { RoutesTable } from './RoutesTable.tsx';
import { RouteTrial } from './RouteTrial.tsx';

export type Route = Item<'GET /api/channel-routes'>;

/** Into which account the money of which fee item goes. */
export function RoutesPage() {
  const { t } = useTranslation(['channels', 'ui']);
  const { can } = useSession();
  const [edited, setEdited] = useState<Route | 'new' | undefined>();
  const query = useRead('GET /api/channel-routes', {});
  const add = can('channels.write') && (
    <Button type="primary" onClick={() => setEdited('new')}>
      {t('routes.add')}
    </Button>
  );
  return (
    <Page
      title={t('routes.title')}
      intro={t('routes.intro')}
      actions={
        <>
          <Button href="/api/channel-routes.csv" download>
            {t('ui:export')}
          </Button>
          {add}
        </>
      }
    >
      <AloneNotice />
      <Card title={<h2 className="card-title">{t('routes.list')}</h2>}>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNotice title={t('routes.emptyTitle')} hint={t('routes.emptyHint')} />
            ) : (
              <RoutesTable routes={items} onEdit={setEdited} />
            )
          }
        </Loaded>
      </Card>
      <Card title={<h2 className="card-title">{t('trial.title')}</h2>}>
        <RouteTrial />
      </Card>
      <RouteForm edited={edited} onClose={() => setEdited(undefined)} />
    </Page>
  );
}
