import { Card, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { ExportButton } from '../ui/DataPage.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FilterDay, FilterSelect } from '../ui/Filters.tsx';
import { countText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { Tile } from '../ui/Tile.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { useStepWords } from './words.tsx';

type Row = Item<'GET /api/reminder-effect'>;

/** What reminders bring in, by plan, step and way. */
export function EffectPage() {
  const { t } = useTranslation('reminders');
  const { values, set } = useUrlFilters(['planId', 'from', 'to']);
  const plans = useRead('GET /api/reminder-plans', {});
  const query = useRead('GET /api/reminder-effect', { query: values });
  return (
    <Page
      title={t('effect.title')}
      intro={t('effect.intro')}
      actions={<ExportButton url={addressOf('/api/reminder-effect.csv', {}, values)} />}
    >
      <Card>
        <div className="stack">
          <div className="filters">
            <FilterSelect
              label={t('effect.plan')}
              value={values.planId}
              onChange={(planId) => set({ planId })}
              options={(plans.data?.items ?? []).map(({ id, name }) => ({
                value: id,
                label: name,
              }))}
            />
            <FilterDay
              label={t('list.from')}
              value={values.from ?? query.data?.from}
              onChange={(from) => set({ from })}
            />
            <FilterDay
              label={t('list.to')}
              value={values.to ?? query.data?.to}
              onChange={(to) => set({ to })}
            />
          </div>
          <Loaded query={query}>{({ items }) => <Effect items={items} />}</Loaded>
        </div>
      </Card>
    </Page>
  );
}

function Effect({ items }: { readonly items: readonly Row[] }) {
  const { t } = useTranslation('reminders');
  const columns = useColumns();
  if (items.length === 0) {
    const toPlans = <LinkButton to={paths.reminderPlans()}>{t('plans.title')}</LinkButton>;
    return <EmptyNotice title={t('effect.empty')} hint={t('effect.emptyHint')} action={toPlans} />;
  }
  return (
    <>
      <Totals items={items} />
      <DataTable<Row>
        label={t('effect.title')}
        dataSource={items}
        rowKey={({ planId, stepId, via }) => `${planId}/${stepId}/${via}`}
        columns={columns}
      />
    </>
  );
}

function Totals({ items }: { readonly items: readonly Row[] }) {
  const { t } = useTranslation('reminders');
  const sum = (of: (row: Row) => number) => items.reduce((total, row) => total + of(row), 0);
  const sent = sum((row) => row.sent);
  const share = (count: number) => percentOf(count, sent);
  const figures = [
    ['effect.delivered', sum((row) => row.delivered)],
    ['effect.opened', sum((row) => row.opened)],
    ['effect.paid72h', sum((row) => row.paid72h)],
  ] as const;
  return (
    <dl className="tiles">
      <Tile label={t('effect.sent')} value={countText(sent)} />
      {figures.map(([key, count]) => (
        <Tile key={key} label={t(key)} value={countText(count)} note={share(count)} />
      ))}
      <Tile
        label={t('effect.collected72h')}
        value={<Money fen={sum((row) => row.collected72hFen)} />}
      />
    </dl>
  );
}

function useColumns(): NonNullable<TableProps<Row>['columns']> {
  const { t } = useTranslation(['reminders', 'ui']);
  const stepWords = useStepWords();
  const counted = (title: string, countOf: (row: Row) => number) => ({
    title,
    key: title,
    align: 'right' as const,
    render: (_value: unknown, row: Row) => (
      <span className="figure">
        {countText(countOf(row))}
        {countOf(row) > 0 && (
          <span className="muted">{` · ${percentOf(countOf(row), row.sent)}`}</span>
        )}
      </span>
    ),
  });
  return [
    { title: t('effect.plan'), render: (_value, { planName }) => planName ?? t('list.manual') },
    {
      title: t('effect.step'),
      render: (_value, { planName, stepDays }) =>
        planName === null ? t('ui:none') : stepWords(stepDays),
    },
    { title: t('effect.via'), render: (_value, { via }) => t(`via.${via}`) },
    {
      title: t('effect.sent'),
      align: 'right',
      render: (_value, { sent }) => <span className="figure">{countText(sent)}</span>,
    },
    counted(t('effect.delivered'), ({ delivered }) => delivered),
    counted(t('effect.opened'), ({ opened }) => opened),
    counted(t('effect.paid24h'), ({ paid24h }) => paid24h),
    counted(t('effect.paid72h'), ({ paid72h }) => paid72h),
    moneyColumn(t('effect.collected72h'), ({ collected72hFen }) => collected72hFen, 'collected'),
    { title: t('effect.cost'), align: 'right', render: (_value, { costYuan }) => Number(costYuan) },
    {
      title: t('effect.perYuan'),
      align: 'right',
      render: (_value, { costPerYuan }) =>
        costPerYuan === null ? t('ui:none') : Number(costPerYuan),
    },
  ];
}

/** "38%" */
function percentOf(count: number, all: number): string {
  return `${all === 0 ? 0 : Math.round((count / all) * 100)}%`;
}
