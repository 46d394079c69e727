import { DownloadOutlined } from '@ant-design/icons';
import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { dayText, instantText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { useMessages } from '../ui/use-messages.ts';

type Print = Item<'GET /api/reminder-prints'>;

const states = ['to-print', 'printed'] as const;
/** Of one PDF. */
const most = 100;

/** Notices on paper: download them, then say that they are printed; again if they got lost. */
export function PrintsPage() {
  const { t } = useTranslation('reminders');
  const { values, after, set, clear, isFiltered } = useUrlFilters(['state', 'communityId']);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const state = states.find((one) => one === values.state) ?? 'to-print';
  const filter = { state, communityId: values.communityId };
  const query = useRead('GET /api/reminder-prints', { query: { ...filter, after, limit: most } });
  const shown = new Set(query.data?.items.map(({ id }) => id));
  const ids = chosen.filter((id) => shown.has(id));
  const isPrinted = state === 'printed';
  return (
    <DataPage<Print>
      title={t('prints.title')}
      intro={t('prints.intro')}
      label={t('prints.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useColumns(isPrinted)}
      selection={{ selectedRowKeys: [...ids], onChange: (keys) => setChosen(keys.map(String)) }}
      actions={
        <>
          <DownloadButton ids={ids} />
          {!isPrinted && <DoneButton ids={ids} onDone={() => setChosen([])} />}
        </>
      }
      isFiltered={isFiltered}
      onClearFilters={clear}
      empty={{ title: t('prints.empty'), hint: t('prints.emptyHint') }}
      filters={
        <>
          <FilterSelect
            label={t('prints.state')}
            value={state}
            onChange={(next) => set({ state: next })}
            options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <span className="muted">{t('prints.selected', { count: ids.length })}</span>
        </>
      }
    />
  );
}

interface ChosenProps {
  readonly ids: readonly string[];
}

function DownloadButton({ ids }: ChosenProps) {
  const { t } = useTranslation('reminders');
  const label = t('prints.download', { count: ids.length });
  if (ids.length === 0) return <ActionButton whyNot={t('prints.choose')}>{label}</ActionButton>;
  return (
    <Button
      type="primary"
      icon={<DownloadOutlined aria-hidden />}
      href={addressOf('/api/reminder-prints.pdf', {}, { reminderIds: ids })}
      target="_blank"
    >
      {label}
    </Button>
  );
}

function DoneButton({ ids, onDone }: ChosenProps & { readonly onDone: () => void }) {
  const { t } = useTranslation('reminders');
  const { can } = useSession();
  const { done } = useMessages();
  const note = useWrite('POST /api/reminder-prints/printed');
  if (!can('reminders.write')) return null;
  return (
    <ConfirmButton
      label={t('prints.done')}
      title={t('prints.doneTitle', { count: ids.length })}
      consequences={[t('prints.doneSays')]}
      confirmLabel={t('prints.done')}
      whyNot={ids.length === 0 ? t('prints.choose') : undefined}
      onConfirm={async () => {
        const { printed } = await note.mutateAsync({ body: { reminderIds: [...ids] } });
        onDone();
        done(t('prints.doneNow', { count: printed }));
      }}
    />
  );
}

function useColumns(isPrinted: boolean): NonNullable<TableProps<Print>['columns']> {
  const { t } = useTranslation(['reminders', 'ui']);
  const [language] = useLanguage();
  return [
    { title: t('list.day'), render: (_value, { day }) => dayText(day, language) },
    {
      title: t('list.home'),
      render: (_value, { unitId, unitLabel, communityName }) => (
        <Link to={paths.unit(unitId)}>{`${communityName} ${unitLabel}`}</Link>
      ),
    },
    { title: t('list.plan'), render: (_value, { planName }) => planName ?? t('list.manual') },
    moneyColumn(t('prints.owed'), ({ owedFen }) => owedFen, 'owed'),
    ...(isPrinted
      ? [
          {
            title: t('prints.printedAt'),
            render: (_value: unknown, { printedAt }: Print) =>
              printedAt ? instantText(printedAt, language) : t('ui:none'),
          },
        ]
      : []),
  ];
}
