import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterDay, FilterSelect } from '../ui/Filters.tsx';
import { dayText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { moneyColumn } from '../ui/Money.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { type Debit, DebitStateTag, debitStates } from './StateTags.tsx';
import { Summary } from './Summary.tsx';

const names = ['state', 'communityId', 'from', 'to'] as const;

/** Every debit: what is coming, what was taken, and what failed with its reason. */
export function DebitsPage() {
  const { t } = useTranslation('autopay');
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const filter = { ...values, state: debitStates.find((one) => one === values.state) };
  const query = useRead('GET /api/autopay/debits', { query: { ...filter, after } });
  return (
    <DataPage<Debit>
      title={t('debits.title')}
      intro={t('debits.intro')}
      label={t('debits.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/autopay/debits.csv', {}, filter)}
      above={<Summary from={values.from} to={values.to} />}
      empty={{
        title: t('debits.emptyTitle'),
        hint: t('debits.emptyHint'),
        action: <LinkButton to={paths.autopay()}>{t('debits.toMandates')}</LinkButton>,
      }}
      filters={
        <>
          <FilterSelect
            label={t('state')}
            value={values.state}
            onChange={(state) => set({ state })}
            options={debitStates.map((value) => ({ value, label: t(`debit.${value}`) }))}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <FilterDay label={t('from')} value={values.from} onChange={(from) => set({ from })} />
          <FilterDay label={t('to')} value={values.to} onChange={(to) => set({ to })} />
        </>
      }
    />
  );
}

function useColumns(): NonNullable<TableProps<Debit>['columns']> {
  const { t } = useTranslation(['autopay', 'ui']);
  const [language] = useLanguage();
  return [
    {
      title: t('debitOn'),
      render: (_value, { debitOn }) => <span className="nowrap">{dayText(debitOn, language)}</span>,
    },
    {
      title: t('resident'),
      render: (_value, { mandateId, residentName, phoneMasked }) => (
        <Link to={paths.autopayMandate(mandateId)}>
          {residentName ?? phoneMasked ?? t('mandate.nobody')}
        </Link>
      ),
    },
    {
      title: t('homes'),
      render: (_value, { units }) => (
        <div className="wrapping">
          {units.map(({ unitId, label }) => (
            <div key={unitId}>
              <Link to={paths.unit(unitId)}>{label}</Link>
            </div>
          ))}
        </div>
      ),
    },
    { title: t('wallet'), render: (_value, { wallet }) => wallet[language] },
    moneyColumn<Debit>(t('amount'), ({ amountFen }) => amountFen, 'amount'),
    { title: t('tryNo'), dataIndex: 'tryNo', align: 'right' },
    { title: t('state'), render: (_value, { state }) => <DebitStateTag state={state} /> },
    {
      title: t('note'),
      render: (_value, { note }) => (
        <div className="wrapping">{note?.[language] ?? t('ui:none')}</div>
      ),
    },
    {
      title: t('payment'),
      render: (_value, { paymentId }) =>
        paymentId === null ? (
          t('ui:none')
        ) : (
          <Link to={paths.payment(paymentId)} className="nowrap">
            {t('open')}
          </Link>
        ),
    },
  ];
}
