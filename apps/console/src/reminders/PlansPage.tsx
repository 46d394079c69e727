import { Card, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { dayText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { type Plan, PlanStateTag, useStepWords } from './words.tsx';

/** Who is reminded when, and by which way. */
export function PlansPage() {
  const { t } = useTranslation('reminders');
  const { can } = useSession();
  const query = useRead('GET /api/reminder-plans', {});
  const columns = useColumns();
  const add = can('reminders.write') && (
    <LinkButton type="primary" to={paths.newReminderPlan()}>
      {t('plans.add')}
    </LinkButton>
  );
  return (
    <Page
      title={t('plans.title')}
      intro={t('plans.intro')}
      actions={
        <>
          <LinkButton to={paths.reminderCalendar()}>{t('calendar.title')}</LinkButton>
          {add}
        </>
      }
    >
      <Card>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNotice title={t('plans.empty')} hint={t('plans.emptyHint')} action={add} />
            ) : (
              <DataTable<Plan>
                label={t('plans.title')}
                dataSource={items}
                rowKey="id"
                columns={columns}
              />
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<Plan>['columns']> {
  const { t } = useTranslation(['reminders', 'ui']);
  const [language] = useLanguage();
  const stepWords = useStepWords();
  const scope = usePlanScope();
  const period = usePlanPeriod();
  return [
    {
      title: t('plans.name'),
      render: (_value, { id, name }) => <Link to={paths.reminderPlan(id)}>{name}</Link>,
    },
    {
      title: t('plans.state'),
      render: (_value, { state }) => <PlanStateTag state={state} />,
    },
    {
      title: t('plans.scope'),
      render: (_value, plan) => <div className="wrapping">{scope(plan)}</div>,
    },
    {
      title: t('plans.steps'),
      render: (_value, { steps }) => (
        <div className="wrapping">
          {steps.map(({ days }) => stepWords(days)).join('、') || t('ui:none')}
        </div>
      ),
    },
    { title: t('plans.period'), render: (_value, plan) => period(plan) },
    {
      title: t('plans.plannedOn'),
      render: (_value, { plannedOn }) => (plannedOn ? dayText(plannedOn, language) : t('ui:none')),
    },
  ];
}

/** "春江花园 · 物业费" */
export function usePlanScope(): (plan: Plan) => string {
  const { t } = useTranslation('reminders');
  return ({ communityName, feeItemNames }) =>
    [
      communityName ?? t('plans.allCommunities'),
      feeItemNames.length === 0 ? t('plans.allItems') : feeItemNames.join('、'),
    ].join(' · ');
}

export function usePlanPeriod(): (plan: Plan) => string {
  const { t } = useTranslation('reminders');
  const [language] = useLanguage();
  return ({ startsOn, endsOn }) => {
    const from = dayText(startsOn, language);
    return endsOn === null
      ? t('plans.from', { from })
      : t('plans.until', { from, to: dayText(endsOn, language) });
  };
}
