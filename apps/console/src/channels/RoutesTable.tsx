import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useChannels } from '../choices/use-channels.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import type { Route } from './RoutesPage.tsx';
import { useTellOutcome } from './use-propose.ts';

interface RoutesTableProps {
  readonly routes: readonly Route[];
  readonly onEdit: (route: Route) => void;
}

/** Rules in the order in which they are tried: what says more stands first. */
export function RoutesTable({ routes, onEdit }: RoutesTableProps) {
  const { t } = useTranslation(['channels', 'choices']);
  const { label } = useChannels();
  const any = <span className="muted">{t('routes.any')}</span>;
  return (
    <DataTable<Route>
      label={t('routes.title')}
      dataSource={routes}
      rowKey="id"
      columns={[
        { title: t('choices:feeItem'), render: (_value, route) => route.feeItemName ?? any },
        { title: t('choices:community'), render: (_value, route) => route.communityName ?? any },
        {
          title: t('choices:product'),
          render: (_value, { product }) => (product ? t(`choices:product.${product}`) : any),
        },
        {
          title: t('routes.account'),
          render: (_value, route) => (
            <div className="stack-tight">
              <Link to={paths.merchantAccount(route.merchantAccountId)}>{route.accountName}</Link>
              <span className="muted">{label(route.channel)}</span>
            </div>
          ),
        },
        {
          title: t('routes.priority'),
          align: 'right',
          render: (_value, { priority }) => <span className="figure">{priority}</span>,
        },
        { title: t('state'), render: (_value, route) => <RouteState route={route} /> },
        {
          title: t('routes.actions'),
          render: (_value, route) => <RouteActions route={route} onEdit={onEdit} />,
        },
      ]}
    />
  );
}

function RouteState({ route }: { readonly route: Route }) {
  const { t } = useTranslation('channels');
  if (route.openChangeId !== null) {
    return <Link to={paths.channelChange(route.openChangeId)}>{t('changeWaits')}</Link>;
  }
  if (route.accountState === 'disabled') {
    return <StateTag tone="error">{t('routes.disabled')}</StateTag>;
  }
  const { circuit } = route;
  if (circuit === 'closed') return <StateTag tone="success">{t('routes.works')}</StateTag>;
  const tone = circuit === 'open' ? 'error' : 'warning';
  return <StateTag tone={tone}>{t(`circuit.${circuit}`)}</StateTag>;
}

function RouteActions({
  route,
  onEdit,
}: {
  readonly route: Route;
  readonly onEdit: (route: Route) => void;
}) {
  const { t } = useTranslation('channels');
  const { can } = useSession();
  const tell = useTellOutcome();
  const remove = useWrite('DELETE /api/channel-routes/:routeId');
  if (!can('channels.write')) return null;
  const whyNot = route.openChangeId === null ? undefined : t('changeWaitsHint');
  return (
    <div className="row">
      <ActionButton whyNot={whyNot} onClick={() => onEdit(route)}>
        {t('edit')}
      </ActionButton>
      <ConfirmButton
        danger
        whyNot={whyNot}
        label={t('routes.remove')}
        title={t('routes.removeTitle')}
        consequences={[t('routes.removeSays', { name: route.accountName }), t('needsSecond')]}
        confirmLabel={t('submit')}
        onConfirm={async () => tell(await remove.mutateAsync({ params: { routeId: route.id } }))}
      />
    </div>
  );
}
