import { Badge } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import type { MenuEntry } from './menu.tsx';

const refreshMs = 60_000;

/** How many things behind a menu entry somebody should look at. */
export function MenuMark({ name }: { readonly name: MenuEntry['name'] }) {
  if (name === 'refunds' || name === 'suspense' || name === 'refundPolicies') {
    return <RefundMark name={name} />;
  }
  if (name !== 'merchantAccounts' && name !== 'channelChanges') return null;
  return <ChannelMark name={name} />;
}

/** What waits for a checker, or for whoever must go on with a refund. */
function RefundMark({ name }: { readonly name: 'refunds' | 'suspense' | 'refundPolicies' }) {
  const { can } = useSession();
  const { data } = useRead(
    'GET /api/refund-inbox',
    {},
    { enabled: can('payment.read'), refreshMs: () => refreshMs },
  );
  if (!data) return null;
  const { toApprove, toActOn, settlements, policies } = data;
  const ifChecker = (count: number) => (can('refund.approve') ? count : 0);
  const acting = can('refund.request') ? toActOn : 0;
  const counts = {
    refunds: ifChecker(toApprove) + acting,
    suspense: ifChecker(settlements),
    refundPolicies: ifChecker(policies),
  };
  return <Mark count={counts[name]} />;
}

function Mark({ count }: { readonly count: number }) {
  const { t } = useTranslation('shell');
  if (count === 0) return null;
  const text = t('waiting', { count });
  return (
    <>
      {' '}
      <Badge count={count} size="small" color="#b3261e" title={text} aria-hidden />
      <span className="visually-hidden">{text}</span>
    </>
  );
}

function ChannelMark({ name }: { readonly name: 'merchantAccounts' | 'channelChanges' }) {
  const { t } = useTranslation('shell');
  const { can } = useSession();
  const { data } = useRead('GET /api/channel-alerts', {}, { refreshMs: () => refreshMs });
  if (!data) return null;
  const toDecide = can('channels.approve') ? data.toDecide : 0;
  const count = name === 'channelChanges' ? toDecide : data.expiring + data.openCircuits;
  if (count === 0) return null;
  const text = t(`mark.${name}`, { count });
  return (
    <>
      {' '}
      <Badge count={count} size="small" color="#b3261e" title={text} aria-hidden />
      <span className="visually-hidden">{text}</span>
    </>
  );
}
