import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterDay, FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { dayText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { type Entry, EntryStateTag, entryStates } from './EntryStateTag.tsx';
import { useAccountOptions } from './use-account-options.ts';

const names = ['bankAccountId', 'bankImportId', 'unitId', 'state', 'from', 'to', 'search'] as const;

/** Every entry of every statement, and what became of it. */
export function EntriesPage() {
  const { t } = useTranslation(['bank', 'ui']);
  const { can } = useSession();
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const state = entryStates.find((one) => one === values.state);
  const filter = { ...values, state };
  const query = useRead('GET /api/bank-entries', { query: { ...filter, after } });
  const importLink = can('bank.import') && (
    <LinkButton type="primary" to={paths.bankImports()}>
      {t('entries.import')}
    </LinkButton>
  );
  return (
    <DataPage<Entry>
      title={t('entries.title')}
      intro={t('entries.intro')}
      label={t('entries.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useEntryColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/bank-entries.csv', {}, filter)}
      actions={importLink}
      empty={{
        title: t('entries.emptyTitle'),
        hint: t('entries.emptyHint'),
        action: importLink,
      }}
      filters={
        <>
          <FilterSearch
            label={t('ui:search')}
            placeholder={t('entries.search')}
            value={values.search}
            onChange={(search) => set({ search })}
          />
          <FilterSelect
            label={t('entries.state')}
            value={values.state}
            onChange={(next) => set({ state: next })}
            options={entryStates.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <FilterSelect
            label={t('entries.account')}
            value={values.bankAccountId}
            onChange={(bankAccountId) => set({ bankAccountId })}
            options={useAccountOptions().options}
          />
          <FilterDay
            label={t('entries.from')}
            value={values.from}
            onChange={(from) => set({ from })}
          />
          <FilterDay label={t('entries.to')} value={values.to} onChange={(to) => set({ to })} />
        </>
      }
    />
  );
}

function useEntryColumns(): NonNullable<TableProps<Entry>['columns']> {
  const { t } = useTranslation(['bank', 'ui']);
  const [language] = useLanguage();
  return [
    {
      title: t('entries.day'),
      render: (_value, { id, bookedOn }) => (
        <Link to={paths.bankEntry(id)} className="nowrap">
          {dayText(bookedOn, language)}
        </Link>
      ),
    },
    {
      title: t('entries.amount'),
      align: 'right',
      render: (_value, { direction, amountFen }) => (
        <Money fen={direction === 'credit' ? amountFen : -amountFen} />
      ),
    },
    {
      title: t('entries.state'),
      render: (_value, { state }) => <EntryStateTag state={state} />,
    },
    {
      title: t('entries.counterparty'),
      render: (_value, { counterpartyMasked, counterpartyAccountMasked }) =>
        [counterpartyMasked, counterpartyAccountMasked].filter(Boolean).join(' ') || t('ui:none'),
    },
    {
      title: t('entries.text'),
      render: (_value, { text }) => <div className="wrapping">{text || t('ui:none')}</div>,
    },
    {
      title: t('entries.unit'),
      render: (_value, { unitId, unitLabel }) =>
        unitId && unitLabel ? (
          <Link to={paths.unit(unitId)} className="nowrap">
            {unitLabel}
          </Link>
        ) : (
          t('ui:none')
        ),
    },
    moneyColumn<Entry>(t('entries.suspense'), ({ suspenseFen }) => suspenseFen, 'suspense'),
    { title: t('entries.account'), dataIndex: 'bankAccountName' },
  ];
}
