import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '../api/client.ts';
import { paths } from '../paths.ts';
import { StateTag } from '../ui/StateTag.tsx';

export type Account = Item<'GET /api/merchant-accounts'>;

/** How an account is, in words: used or not, answering or not, keys ending, a change waiting. */
export function AccountTags({ account }: { readonly account: Account }) {
  const { t } = useTranslation('channels');
  const { state, circuit, expiries, openChangeId } = account;
  const over = expiries.some(({ level }) => level === 'over');
  const soon = expiries.find(({ level }) => level === 'soon');
  return (
    <>
      <StateTag tone={state === 'active' ? 'success' : 'default'}>{t(`state.${state}`)}</StateTag>
      {circuit !== 'closed' && (
        <StateTag tone={circuit === 'open' ? 'error' : 'warning'}>
          {t(`circuit.${circuit}`)}
        </StateTag>
      )}
      {over && <StateTag tone="error">{t('expiry.over')}</StateTag>}
      {!over && soon && (
        <StateTag tone="warning">{t('expiry.soon', { count: soon.daysLeft })}</StateTag>
      )}
      {openChangeId !== null && (
        <Link to={paths.channelChange(openChangeId)}>{t('changeWaits')}</Link>
      )}
    </>
  );
}
