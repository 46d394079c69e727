import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';

type Case = Item<'GET /api/suspense'>;

const states = ['open', 'resolved'] as const;

/** Money that was received and fits no bill. */
export function SuspensePage() {
  const { t } = useTranslation(['payment', 'refund', 'ui']);
  const [language] = useLanguage();
  const { label } = useChannels();
  const { values, after, set, clear, isFiltered } = useUrlFilters(['state']);
  const state = states.find((one) => one === values.state);
  const query = useRead('GET /api/suspense', { query: { state, after } });
  return (
    <DataPage<Case>
      title={t('suspense.title')}
      intro={t('suspense.intro')}
      label={t('suspense.title')}
      query={query}
      rowKey={({ id }) => id}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/suspense.csv', {}, { state })}
      empty={{ title: t('suspense.emptyTitle'), hint: t('suspense.emptyHint') }}
      filters={
        <FilterSelect
          label={t('suspense.state')}
          value={values.state}
          onChange={(next) => set({ state: next })}
          options={states.map((value) => ({ value, label: t(`suspense.state.${value}`) }))}
        />
      }
      columns={[
        {
          title: t('suspense.caseNo'),
          render: (_value, { id, caseNo }) => (
            <Link to={paths.suspenseCase(id)} className="nowrap">
              {caseNo}
            </Link>
          ),
        },
        {
          title: t('suspense.reason'),
          render: (_value, one) => (
            <div>
              <div>{one.reasonText[language]}</div>
              {one.direction === 'out' && (
                <StateTag tone="error">{t('refund:case.direction.out')}</StateTag>
              )}
            </div>
          ),
        },
        moneyColumn<Case>(t('payments.amount'), ({ amountFen }) => amountFen, 'amount'),
        {
          title: t('payments.unit'),
          render: (_value, { unitId, unitLabel }) =>
            unitId && unitLabel ? (
              <Link to={paths.unit(unitId)} className="nowrap">
                {unitLabel}
              </Link>
            ) : (
              t('ui:none')
            ),
        },
        {
          title: t('payments.channel'),
          render: (_value, { channel }) => label(channel),
        },
        {
          title: t('suspense.state'),
          render: (_value, one) => (
            <StateTag tone={one.state === 'open' ? 'warning' : 'success'}>
              {t(`suspense.state.${one.state}`)}
            </StateTag>
          ),
        },
        {
          title: t('suspense.openedAt'),
          render: (_value, { openedAt }) => (
            <span className="figure">{instantText(openedAt, language)}</span>
          ),
        },
      ]}
    />
  );
}
