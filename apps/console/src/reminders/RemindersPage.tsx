import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterDay, FilterSelect } from '../ui/Filters.tsx';
import { dayText, instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { type Reminder, ReminderStateTag, reasons, states, useStepWords, vias } from './words.tsx';

const names = ['planId', 'communityId', 'unitId', 'state', 'reason', 'via', 'from', 'to'] as const;

/** Every reminder, what became of it, and why not. */
export function RemindersPage() {
  const { t } = useTranslation('reminders');
  const { can } = useSession();
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const plans = useRead('GET /api/reminder-plans', {});
  const state = states.find((one) => one === values.state);
  const reason = reasons.find((one) => one === values.reason);
  const via = vias.find((one) => one === values.via);
  const filter = { ...values, state, reason, via };
  const query = useRead('GET /api/reminders', { query: { ...filter, after } });
  const byHand = can('reminders.write') && (
    <LinkButton type="primary" to={paths.remindByHand()}>
      {t('manual.title')}
    </LinkButton>
  );
  return (
    <DataPage<Reminder>
      title={t('list.title')}
      intro={t('list.intro')}
      label={t('list.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useColumns()}
      actions={byHand}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/reminders.csv', {}, filter)}
      empty={{ title: t('list.empty'), hint: t('list.emptyHint'), action: byHand }}
      filters={
        <>
          <FilterSelect
            label={t('list.plan')}
            value={values.planId}
            onChange={(planId) => set({ planId })}
            options={(plans.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
          <FilterSelect
            label={t('list.state')}
            value={values.state}
            onChange={(next) => set({ state: next })}
            options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <FilterSelect
            label={t('list.reason')}
            value={values.reason}
            onChange={(next) => set({ reason: next })}
            options={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
          />
          <FilterSelect
            label={t('list.via')}
            value={values.via}
            onChange={(next) => set({ via: next })}
            options={vias.map((value) => ({ value, label: t(`via.${value}`) }))}
          />
          <FilterDay
            label={t('list.from')}
            value={values.from}
            onChange={(from) => set({ from })}
          />
          <FilterDay label={t('list.to')} value={values.to} onChange={(to) => set({ to })} />
        </>
      }
    />
  );
}

function useColumns(): NonNullable<TableProps<Reminder>['columns']> {
  const { t } = useTranslation(['reminders', 'ui']);
  const [language] = useLanguage();
  const stepWords = useStepWords();
  return [
    {
      title: t('list.day'),
      render: (_value, { id, day }) => (
        <Link to={paths.reminder(id)} className="nowrap">
          {dayText(day, language)}
        </Link>
      ),
    },
    {
      title: t('list.home'),
      render: (_value, { communityName, unitLabel }) => `${communityName} ${unitLabel}`,
    },
    {
      title: t('list.plan'),
      render: (_value, { planName, stepDays }) => (
        <div className="wrapping">
          {planName === null ? t('list.manual') : `${planName} · ${stepWords(stepDays)}`}
        </div>
      ),
    },
    {
      title: t('list.state'),
      render: (_value, { state }) => <ReminderStateTag state={state} />,
    },
    {
      title: t('list.reason'),
      render: (_value, { reason }) => (reason === null ? t('ui:none') : t(`reason.${reason}`)),
    },
    {
      title: t('list.released'),
      align: 'right',
      render: (_value, { releasedFen }) =>
        releasedFen === null ? t('ui:none') : <Money fen={releasedFen} />,
    },
    {
      title: t('list.opened'),
      render: (_value, { openedAt }) => (openedAt ? instantText(openedAt, language) : t('ui:none')),
    },
    moneyColumn(t('list.collected'), ({ collectedFen }) => collectedFen, 'collected'),
  ];
}
