import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { dayText, instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Money } from '../ui/Money.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { type Mandate, MandateStateTag, mandateStates } from './StateTags.tsx';
import { Summary } from './Summary.tsx';

const names = ['state', 'communityId', 'channel'] as const;
/** Channels that can debit. */
const channels = ['wechat-pay', 'alipay'] as const;

/** Who has autopay, for which homes, up to which limits, and what comes next. */
export function MandatesPage() {
  const { t } = useTranslation('autopay');
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const filter = { ...values, state: mandateStates.find((one) => one === values.state) };
  const query = useRead('GET /api/autopay/mandates', { query: { ...filter, after } });
  return (
    <DataPage<Mandate>
      title={t('mandates.title')}
      intro={t('mandates.intro')}
      label={t('mandates.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/autopay/mandates.csv', {}, filter)}
      actions={
        <>
          <LinkButton to={paths.autopayDebits()}>{t('mandates.debits')}</LinkButton>
          <LinkButton to={paths.autopayRules()}>{t('mandates.rules')}</LinkButton>
        </>
      }
      above={<Summary />}
      empty={{
        title: t('mandates.emptyTitle'),
        hint: t('mandates.emptyHint'),
        action: <LinkButton to={paths.merchantAccounts()}>{t('mandates.accounts')}</LinkButton>,
      }}
      filters={
        <>
          <FilterSelect
            label={t('state')}
            value={values.state}
            onChange={(state) => set({ state })}
            options={mandateStates.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <FilterSelect
            label={t('wallet')}
            value={values.channel}
            onChange={(channel) => set({ channel })}
            options={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
          />
        </>
      }
    />
  );
}

function useColumns(): NonNullable<TableProps<Mandate>['columns']> {
  const { t } = useTranslation(['autopay', 'ui']);
  const [language] = useLanguage();
  return [
    {
      title: t('resident'),
      render: (_value, { id, residentName, phoneMasked }) => (
        <Link to={paths.autopayMandate(id)}>
          {residentName ?? phoneMasked ?? t('mandate.nobody')}
        </Link>
      ),
    },
    { title: t('phone'), render: (_value, { phoneMasked }) => phoneMasked ?? t('ui:none') },
    {
      title: t('homes'),
      render: (_value, { units }) => (
        <div className="wrapping">
          {units.map(({ unitId, communityName, label }) => (
            <div key={unitId}>
              <Link to={paths.unit(unitId)}>
                {communityName} {label}
              </Link>
            </div>
          ))}
        </div>
      ),
    },
    { title: t('wallet'), render: (_value, { wallet }) => wallet[language] },
    { title: t('state'), render: (_value, { state }) => <MandateStateTag state={state} /> },
    {
      title: t('limits'),
      align: 'right',
      render: (_value, { limitDebitFen, limitMonthFen }) => (
        <span className="nowrap">
          <Money fen={limitDebitFen} /> / <Money fen={limitMonthFen} />
        </span>
      ),
    },
    {
      title: t('nextDebit'),
      render: (_value, { nextDebitOn, nextDebitFen }) =>
        nextDebitOn === null || nextDebitFen === null ? (
          t('ui:none')
        ) : (
          <span className="nowrap">
            {dayText(nextDebitOn, language)} <Money fen={nextDebitFen} />
          </span>
        ),
    },
    {
      title: t('signedAt'),
      render: (_value, { signedAt }) => (
        <span className="nowrap">
          {signedAt === null ? t('ui:none') : instantText(signedAt, language)}
        </span>
      ),
    },
  ];
}
