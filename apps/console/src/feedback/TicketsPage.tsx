import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { Tile } from '../ui/Tile.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { BulkActions } from './BulkActions.tsx';
import { NewTicket } from './NewTicket.tsx';
import { type Ticket, TicketStateTag, ticketStates } from './TicketStateTag.tsx';
import { useCategoryOptions, useReceiverOptions } from './use-ticket-choices.ts';

const names = [
  'state',
  'categoryId',
  'communityId',
  'assignee',
  'source',
  'overdue',
  'search',
] as const;
const sources = ['app', 'scan', 'receipt', 'desk'] as const;

/** The inbox: what residents report, by whom it is done, and what is late. */
export function TicketsPage() {
  const { t } = useTranslation(['feedback', 'ui']);
  const { can } = useSession();
  const [isNew, setNew] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const states = ['open', ...ticketStates] as const;
  const filter = {
    ...values,
    state: states.find((one) => one === values.state),
    source: sources.find((one) => one === values.source),
    overdue: values.overdue === 'true' ? true : undefined,
  };
  const query = useRead('GET /api/tickets', { query: { ...filter, after } });
  const add = can('feedback.reply') && (
    <Button type="primary" onClick={() => setNew(true)}>
      {t('list.new')}
    </Button>
  );
  return (
    <>
      <DataPage<Ticket>
        title={t('list.title')}
        intro={t('list.intro')}
        label={t('list.title')}
        query={query}
        rowKey={({ id }) => id}
        columns={useTicketColumns(chosen, setChosen)}
        isFiltered={isFiltered}
        onClearFilters={clear}
        exportUrl={addressOf('/api/tickets.csv', {}, filter)}
        actions={add}
        above={
          <>
            <Counts />
            {chosen.length > 0 && <BulkActions ids={chosen} onDone={() => setChosen([])} />}
          </>
        }
        empty={{ title: t('list.empty'), hint: t('list.emptyHint'), action: add }}
        filters={<TicketFilters values={values} set={set} />}
      />
      <NewTicket isOpen={isNew} onClose={() => setNew(false)} />
    </>
  );
}

function Counts() {
  const { t } = useTranslation('feedback');
  const { data } = useRead('GET /api/tickets/counts', {});
  if (!data) return null;
  return (
    <dl className="tiles">
      <Tile label={t('count.open')} value={data.open} />
      <Tile label={t('count.unassigned')} value={data.unassigned} />
      <Tile label={t('count.mine')} value={data.mine} />
      <Tile
        label={t('count.overdue')}
        value={data.overdue}
        {...(data.overdue > 0 && { tone: 'bad' as const })}
      />
      <Tile
        label={<Link to={paths.disputes({ state: 'open' })}>{t('count.disputes')}</Link>}
        value={data.disputes}
      />
    </dl>
  );
}

type Values = { readonly [Name in (typeof names)[number]]?: string };

function TicketFilters({
  values,
  set,
}: {
  readonly values: Values;
  readonly set: (changes: { readonly [Name in keyof Values]?: string | undefined }) => void;
}) {
  const { t } = useTranslation(['feedback', 'ui']);
  const { staff } = useReceiverOptions();
  const people = [
    { value: 'me', label: t('list.me') },
    { value: 'nobody', label: t('list.nobody') },
    ...staff,
  ];
  const states = [
    { value: 'open', label: t('list.openOnes') },
    ...ticketStates.map((value) => ({ value, label: t(`state.${value}`) })),
  ];
  return (
    <>
      <FilterSearch
        label={t('ui:search')}
        placeholder={t('list.search')}
        value={values.search}
        onChange={(search) => set({ search })}
      />
      <FilterSelect
        label={t('list.state')}
        value={values.state}
        onChange={(state) => set({ state })}
        options={states}
      />
      <FilterSelect
        label={t('list.category')}
        value={values.categoryId}
        onChange={(categoryId) => set({ categoryId })}
        options={useCategoryOptions().all}
      />
      <CommunityFilter
        value={values.communityId}
        onChange={(communityId) => set({ communityId })}
      />
      <FilterSelect
        label={t('list.assignee')}
        value={values.assignee}
        onChange={(assignee) => set({ assignee })}
        options={people}
      />
      <FilterSelect
        label={t('list.source')}
        value={values.source}
        onChange={(source) => set({ source })}
        options={sources.map((value) => ({ value, label: t(`source.${value}`) }))}
      />
      <FilterSelect
        label={t('list.overdue')}
        value={values.overdue}
        onChange={(overdue) => set({ overdue })}
        options={[{ value: 'true', label: t('list.yes') }]}
      />
    </>
  );
}

function useTicketColumns(
  chosen: readonly string[],
  setChosen: (ids: readonly string[]) => void,
): NonNullable<TableProps<Ticket>['columns']> {
  const { t } = useTranslation(['feedback', 'ui']);
  const [language] = useLanguage();
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return [
    {
      title: t('list.no'),
      render: (_value, { id, ticketNo }) => (
        <span className="nowrap">
          <input
            type="checkbox"
            aria-label={ticketNo}
            checked={chosen.includes(id)}
            onChange={() => toggle(id)}
          />{' '}
          <Link to={paths.ticket(id)}>{ticketNo}</Link>
        </span>
      ),
    },
    { title: t('list.state'), render: (_value, ticket) => <TicketStateTag ticket={ticket} /> },
    {
      title: t('list.text'),
      render: (_value, { text }) => <div className="wrapping">{text.slice(0, 60)}</div>,
    },
    { title: t('list.category'), render: (_value, { category }) => category[language] },
    {
      title: t('list.place'),
      render: (_value, { communityName, unitId, unitLabel }) =>
        unitId ? (
          <Link to={paths.unit(unitId)}>
            {communityName} {unitLabel}
          </Link>
        ) : (
          communityName
        ),
    },
    {
      title: t('list.assignee'),
      render: (_value, { assigneeName, roleName }) => assigneeName ?? roleName ?? t('ui:none'),
    },
    {
      title: t('list.due'),
      render: (_value, { resolveDueAt, state }) =>
        resolveDueAt && state !== 'resolved' && state !== 'closed'
          ? instantText(resolveDueAt, language)
          : t('ui:none'),
    },
    {
      title: t('list.opened'),
      render: (_value, { openedAt, source }) =>
        `${instantText(openedAt, language)} · ${t(`source.${source}`)}`,
    },
  ];
}
