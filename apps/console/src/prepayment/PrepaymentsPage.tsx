import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { Tile } from '../ui/Tile.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { SettingsButton } from './SettingsButton.tsx';

type Balance = Item<'GET /api/prepayments'>;

const states = ['positive', 'all'] as const;

/** What every unit has paid ahead, the largest balance first. */
export function PrepaymentsPage() {
  const { t } = useTranslation('prepayment');
  const { can } = useSession();
  const { values, after, set, clear, isFiltered } = useUrlFilters([
    'communityId',
    'state',
    'search',
  ] as const);
  const filter = { ...values, state: states.find((one) => one === values.state) };
  const query = useRead('GET /api/prepayments', { query: { ...filter, after } });
  return (
    <DataPage<Balance>
      title={t('title')}
      intro={t('intro')}
      label={t('title')}
      query={query}
      rowKey={({ unitId }) => unitId}
      columns={useColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/prepayments.csv', {}, filter)}
      actions={can('prepayment.write') && <SettingsButton />}
      above={<Totals filter={filter} />}
      empty={{ title: t('emptyTitle'), hint: t('emptyHint') }}
      filters={
        <>
          <FilterSearch
            label={t('search')}
            placeholder={t('search')}
            value={values.search}
            onChange={(search) => set({ search })}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <FilterSelect
            label={t('state')}
            value={values.state ?? 'positive'}
            onChange={(state) => set({ state })}
            options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
        </>
      }
    />
  );
}

interface Filter {
  readonly communityId?: string | undefined;
  readonly state?: (typeof states)[number] | undefined;
  readonly search?: string | undefined;
}

function Totals({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation('prepayment');
  const { data } = useRead('GET /api/prepayments/totals', { query: filter });
  if (!data) return null;
  const { unitCount, balanceFen, reservedFen, month } = data;
  return (
    <dl className="tiles">
      <Tile
        label={t('total')}
        value={<Money fen={balanceFen} />}
        note={t('units', { count: unitCount })}
      />
      <Tile label={t('monthIn')} value={<Money fen={month.toppedUpFen} />} />
      <Tile label={t('monthUsed')} value={<Money fen={month.usedFen} />} />
      <Tile label={t('reserved')} value={<Money fen={reservedFen} />} />
    </dl>
  );
}

function useColumns(): NonNullable<TableProps<Balance>['columns']> {
  const { t } = useTranslation(['prepayment', 'ui']);
  const [language] = useLanguage();
  return [
    {
      title: t('unit'),
      render: (_value, { unitId, unitLabel, communityName }) => (
        <div>
          <Link to={paths.unit(unitId)} className="nowrap">
            {unitLabel}
          </Link>
          <div className="muted">{communityName}</div>
        </div>
      ),
    },
    moneyColumn<Balance>(t('balance'), ({ balanceFen }) => balanceFen, 'balance'),
    moneyColumn<Balance>(t('reserved'), ({ reservedFen }) => reservedFen, 'reserved'),
    {
      title: t('auto'),
      render: (_value, { usesItself }) => t(usesItself ? 'auto.on' : 'auto.off'),
    },
    {
      title: t('changedAt'),
      render: (_value, { changedAt }) => (
        <span className="figure">
          {changedAt ? instantText(changedAt, language) : t('ui:none')}
        </span>
      ),
    },
  ];
}
