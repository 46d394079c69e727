import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { Facts } from '../ui/Facts.tsx';
import { dayText } from '../ui/format.ts';
import { type Account, AccountTags } from './AccountTags.tsx';
import './channels.css';

/** An account of the list: what it is, and what somebody should look at. */
export function AccountCard({ account }: { readonly account: Account }) {
  const { t } = useTranslation(['channels', 'choices', 'ui']);
  const [language] = useLanguage();
  const { label, find } = useChannels();
  const mode = find(account.channel)?.modes.find((one) => one.mode === account.mode);
  const [next] = account.expiries;
  return (
    <Card
      title={
        <div className="row account-head">
          <h2 className="card-title">
            <Link to={paths.merchantAccount(account.id)} className="text-link">
              {account.name}
            </Link>
          </h2>
          <AccountTags account={account} />
        </div>
      }
    >
      <Facts
        facts={[
          { label: t('choices:channel'), value: label(account.channel) },
          { label: t('mchId'), value: <span className="mono">{numberOf(account)}</span> },
          { label: t('mode'), value: mode?.label[language] ?? account.mode },
          {
            label: t('nextExpiry'),
            value: next ? dayText(next.at.slice(0, 10), language) : t('ui:none'),
          },
          {
            label: t('refused'),
            value: (
              <span className="figure">{t('refusedCount', { count: account.refusedNotices })}</span>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** With a partner's number first where the company is served by one. */
export function numberOf({ mchId, subMchId }: Account): string {
  return subMchId === null ? mchId : `${mchId} / ${subMchId}`;
}
