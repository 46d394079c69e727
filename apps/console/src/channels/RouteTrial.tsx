import { Alert } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Query } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { useCommunityOptions, useFeeItemOptions } from '../choices/use-options.ts';
import { useLanguage } from '../i18n/index.ts';
import { FilterSelect } from '../ui/Filters.tsx';
import { Loaded } from '../ui/Loaded.tsx';

type Wish = Query<'GET /api/channel-routes/trial'>;
type Trial = Answer<'GET /api/channel-routes/trial'>;

/** Choose what is paid and how: which account takes it now, and why. */
export function RouteTrial() {
  const { t } = useTranslation(['channels', 'choices', 'ui']);
  const [wish, setWish] = useState<Wish>({});
  const communities = useCommunityOptions();
  const feeItems = useFeeItemOptions();
  const { options, find } = useChannels();
  const products = (wish.channel === undefined ? undefined : find(wish.channel)?.products) ?? [];
  const choose = { placeholder: t('ui:choose') };
  const put = (part: Wish) => setWish((now) => ({ ...now, ...part }));
  const isWhole = Object.values(wish).filter((value) => value !== undefined).length === 4;
  return (
    <div className="stack">
      <div className="filters">
        <FilterSelect
          {...choose}
          label={t('choices:community')}
          value={wish.communityId}
          options={communities.options}
          onChange={(communityId) => put({ communityId })}
        />
        <FilterSelect
          {...choose}
          label={t('choices:feeItem')}
          value={wish.feeItemId}
          options={feeItems.options}
          onChange={(feeItemId) => put({ feeItemId })}
        />
        <FilterSelect
          {...choose}
          label={t('choices:channel')}
          value={wish.channel}
          options={options}
          onChange={(channel) => put({ channel, product: undefined })}
        />
        <FilterSelect
          {...choose}
          label={t('choices:product')}
          value={wish.product}
          options={products.map((value) => ({ value, label: t(`choices:product.${value}`) }))}
          onChange={(product) => put({ product: products.find((one) => one === product) })}
        />
      </div>
      {isWhole ? <Outcome wish={wish} /> : <p className="page-intro">{t('trial.help')}</p>}
    </div>
  );
}

function Outcome({ wish }: { readonly wish: Wish }) {
  const query = useRead('GET /api/channel-routes/trial', { query: wish });
  return (
    <Loaded query={query} lines={2}>
      {(trial) => <OutcomeView trial={trial} />}
    </Loaded>
  );
}

function OutcomeView({ trial }: { readonly trial: Trial }) {
  const { t } = useTranslation('channels');
  const [language] = useLanguage();
  const { accountName, why, candidates } = trial;
  return (
    <Alert
      type={accountName === null ? 'error' : 'success'}
      showIcon
      role="status"
      title={accountName === null ? t('trial.none') : t('trial.found', { name: accountName })}
      description={
        <div className="stack-tight">
          <span>{why[language]}</span>
          {candidates.length > 0 && (
            <ol className="steps" aria-label={t('trial.order')}>
              {candidates.map((one) => (
                <li key={one.merchantAccountId}>
                  {one.isChosen ? <strong>{one.accountName}</strong> : one.accountName}
                  {' · '}
                  {one.why[language]}
                </li>
              ))}
            </ol>
          )}
        </div>
      }
    />
  );
}
