import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Facts } from '../ui/Facts.tsx';
import { FilterDay } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { PlanActions } from './PlanActions.tsx';
import { PlanSteps } from './PlanSteps.tsx';
import { usePlanPeriod, usePlanScope } from './PlansPage.tsx';
import { PreviewFigures } from './PreviewFigures.tsx';
import { usePreview } from './use-preview.ts';
import { type Plan, PlanStateTag } from './words.tsx';

export function PlanPage() {
  const { reminderPlanId = '' } = useParams();
  const query = useRead('GET /api/reminder-plans/:reminderPlanId', { params: { reminderPlanId } });
  return <Loaded query={query}>{(plan) => <PlanView key={plan.id} plan={plan} />}</Loaded>;
}

function PlanView({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('reminders');
  const scope = usePlanScope();
  const filter = { planId: plan.id };
  return (
    <Page
      title={plan.name}
      intro={scope(plan)}
      parent={{ label: t('plans.title'), to: paths.reminderPlans() }}
      badge={<PlanStateTag state={plan.state} />}
      actions={
        <>
          <LinkButton to={paths.reminders(filter)}>{t('plan.reminders')}</LinkButton>
          <LinkButton to={paths.reminderEffect(filter)}>{t('plan.effect')}</LinkButton>
          <PlanActions plan={plan} />
        </>
      }
    >
      <Card>
        <PlanFacts plan={plan} />
      </Card>
      <Card title={<h2 className="card-title">{t('plan.timeline')}</h2>}>
        {plan.steps.length === 0 ? (
          <EmptyNotice title={t('plan.noStepsYet')} hint={t('plan.noStepsHint')} />
        ) : (
          <PlanSteps steps={plan.steps} />
        )}
      </Card>
      {plan.steps.length > 0 && <PlanPreview plan={plan} />}
    </Page>
  );
}

function PlanFacts({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('reminders');
  const [language] = useLanguage();
  const period = usePlanPeriod();
  const { capCount, capDays, updatedAt, updatedBy } = plan;
  return (
    <Facts
      facts={[
        { label: t('plans.period'), value: period(plan) },
        { label: t('plan.minimum'), value: <Money fen={plan.minimumFen} /> },
        { label: t('plan.cap'), value: t('plan.capText', { count: capCount, days: capDays }) },
        {
          label: t('plan.updated'),
          value: `${instantText(updatedAt, language)} · ${updatedBy}`,
        },
      ]}
    />
  );
}

function PlanPreview({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('reminders');
  const { values, set } = useUrlFilters(['day']);
  const query = usePreview(plan, values.day);
  return (
    <Card title={<h2 className="card-title">{t('preview.title')}</h2>}>
      <div className="stack">
        <div className="filters">
          <FilterDay
            label={t('preview.day')}
            value={values.day ?? query.data?.day}
            onChange={(day) => set({ day })}
          />
        </div>
        <Loaded query={query}>{(preview) => <PreviewFigures preview={preview} />}</Loaded>
      </div>
    </Card>
  );
}
