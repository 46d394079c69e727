import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { countText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { FeeItemForm } from './FeeItemForm.tsx';

export type FeeItem = Item<'GET /api/fee-items'>;

const states = ['active', 'retired'] as const;

export function FeeItemsPage() {
  const { t } = useTranslation('charging');
  const { can } = useSession();
  const [edited, setEdited] = useState<FeeItem | 'new' | undefined>();
  const { values, after, set, clear, isFiltered } = useUrlFilters(['state']);
  const state = states.find((one) => one === values.state);
  const query = useRead('GET /api/fee-items', { query: { state, after } });
  const add = can('charging.write') && (
    <Button type="primary" onClick={() => setEdited('new')}>
      {t('item.add')}
    </Button>
  );
  return (
    <>
      <DataPage<FeeItem>
        title={t('item.title')}
        intro={t('item.intro')}
        label={t('item.title')}
        query={query}
        rowKey={({ id }) => id}
        columns={useFeeItemColumns(setEdited)}
        actions={add}
        isFiltered={isFiltered}
        onClearFilters={clear}
        exportUrl={addressOf('/api/fee-items.csv', {}, { state })}
        empty={{ title: t('item.emptyTitle'), hint: t('item.emptyHint'), action: add }}
        filters={
          <FilterSelect
            label={t('item.state')}
            value={values.state}
            onChange={(next) => set({ state: next })}
            options={states.map((value) => ({ value, label: t(`item.state.${value}`) }))}
          />
        }
      />
      <FeeItemForm edited={edited} onClose={() => setEdited(undefined)} />
    </>
  );
}

function useFeeItemColumns(
  onEdit: (item: FeeItem) => void,
): NonNullable<TableProps<FeeItem>['columns']> {
  const { t } = useTranslation('charging');
  return [
    { title: t('item.name'), dataIndex: 'name' },
    {
      title: t('item.category'),
      render: (_value, { category }) => t(`item.category.${category}`),
    },
    {
      title: t('item.priority'),
      align: 'right',
      render: (_value, { priority }) => <span className="figure">{priority}</span>,
    },
    {
      title: t('item.assigned'),
      align: 'right',
      render: (_value, { id, assignedUnits }) => (
        <Link to={paths.assignments({ feeItemId: id })} className="figure">
          {countText(assignedUnits)}
        </Link>
      ),
    },
    {
      title: t('item.state'),
      render: (_value, { state }) => (
        <StateTag tone={state === 'active' ? 'success' : 'default'}>
          {t(`item.state.${state}`)}
        </StateTag>
      ),
    },
    {
      title: t('item.actions'),
      render: (_value, item) => <FeeItemActions item={item} onEdit={onEdit} />,
    },
  ];
}

interface FeeItemActionsProps {
  readonly item: FeeItem;
  readonly onEdit: (item: FeeItem) => void;
}

function FeeItemActions({ item, onEdit }: FeeItemActionsProps) {
  const { t } = useTranslation('charging');
  const { can } = useSession();
  const change = useWrite('PATCH /api/fee-items/:feeItemId');
  const verb = item.state === 'active' ? 'retire' : 'restore';
  return (
    <div className="row" style={{ flexWrap: 'nowrap' }}>
      <Link to={paths.tariffs({ feeItemId: item.id })}>{t('item.tariffs')}</Link>
      {can('charging.write') && (
        <>
          <Button size="small" onClick={() => onEdit(item)}>
            {t('item.edit')}
          </Button>
          <ConfirmButton
            label={t(`item.${verb}`)}
            danger={verb === 'retire'}
            title={t(`item.${verb}Title`, { name: item.name })}
            consequences={[t(`item.${verb}Says`, { count: item.assignedUnits })]}
            confirmLabel={t(`item.${verb}`)}
            onConfirm={() =>
              change.mutateAsync({
                params: { feeItemId: item.id },
                body: { state: verb === 'retire' ? 'retired' : 'active' },
              })
            }
          />
        </>
      )}
    </div>
  );
}
