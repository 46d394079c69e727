import { Button, Card, Form, type FormInstance } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ApiFailure } from '../api/failure.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useCommunityOptions, useFeeItemOptions } from '../choices/use-options.ts';
import { paths } from '../paths.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { DayField, Field, SelectField, TextField } from '../ui/Fields.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { CountInput } from './CountInput.tsx';
import { inputOf, newStep, type PlanValues, valuesOf } from './plan-values.ts';
import { StepFields } from './StepFields.tsx';
import type { Plan } from './words.tsx';

export function NewPlanPage() {
  return <PlanForm />;
}

export function EditPlanPage() {
  const { reminderPlanId = '' } = useParams();
  const query = useRead('GET /api/reminder-plans/:reminderPlanId', { params: { reminderPlanId } });
  return <Loaded query={query}>{(plan) => <PlanForm key={plan.updatedAt} plan={plan} />}</Loaded>;
}

/** A plan and its steps; what the server finds wrong stands at the field, also of a step. */
function PlanForm({ plan }: { readonly plan?: Plan }) {
  const { t } = useTranslation(['reminders', 'ui']);
  const { done } = useMessages();
  const navigate = useNavigate();
  const [form] = Form.useForm<PlanValues>();
  const create = useWrite('POST /api/reminder-plans');
  const change = useWrite('PUT /api/reminder-plans/:reminderPlanId');
  const { submit, isPending, failure, rest } = useSubmit<PlanValues>(form, async (values) => {
    try {
      const body = inputOf(values);
      const { id } = plan
        ? await change.mutateAsync({ params: { reminderPlanId: plan.id }, body })
        : await create.mutateAsync({ body });
      done(t('form.saved'));
      void navigate(paths.reminderPlan(id));
    } catch (error) {
      if (error instanceof ApiFailure) showStepProblems(form, error);
      throw error;
    }
  });
  const parent = plan
    ? { label: plan.name, to: paths.reminderPlan(plan.id) }
    : { label: t('plans.title'), to: paths.reminderPlans() };
  return (
    <Page title={plan ? t('form.edit', { name: plan.name }) : t('form.new')} parent={parent}>
      <Form<PlanValues>
        form={form}
        layout="vertical"
        scrollToFirstError
        initialValues={plan ? valuesOf(plan) : firstValues()}
        onFinish={(values) => void submit(values)}
      >
        <div className="stack">
          {failure !== undefined && <FailureNotice error={failure} rest={rest} />}
          <Card title={<h2 className="card-title">{t('form.what')}</h2>}>
            <ScopeFields />
          </Card>
          <Card title={<h2 className="card-title">{t('form.steps')}</h2>}>
            <StepFields />
          </Card>
          <div className="row">
            <Button type="primary" htmlType="submit" loading={isPending}>
              {t('ui:save')}
            </Button>
            <LinkButton to={parent.to}>{t('ui:cancel')}</LinkButton>
          </div>
        </div>
      </Form>
    </Page>
  );
}

function ScopeFields() {
  const { t } = useTranslation('reminders');
  const communities = useCommunityOptions();
  const feeItems = useFeeItemOptions();
  const amount = { pattern: /^\s*\d{1,9}(\.\d{1,2})?\s*$/, message: t('form.minimumRule') };
  return (
    <div className="columns">
      <TextField
        name="name"
        label={t('form.name')}
        placeholder={t('form.namePlace')}
        maxLength={40}
        required
      />
      <SelectField
        name="communityId"
        label={t('form.community')}
        placeholder={t('plans.allCommunities')}
        help={t('form.communityHelp')}
        options={communities.options}
        loading={communities.isLoading}
      />
      <SelectField
        name="feeItemIds"
        label={t('form.feeItems')}
        placeholder={t('plans.allItems')}
        help={t('form.feeItemsHelp')}
        options={feeItems.options}
        loading={feeItems.isLoading}
        multiple
      />
      <DayField name="startsOn" label={t('form.startsOn')} required />
      <DayField name="endsOn" label={t('form.endsOn')} help={t('form.endsHelp')} />
      <TextField
        name="minimumYuan"
        label={t('form.minimum')}
        help={t('form.minimumHelp')}
        rule={amount}
      />
      <Field name="capCount" label={t('form.capCount')} help={t('form.capHelp')} required>
        <CountInput min={1} max={100} />
      </Field>
      <Field name="capDays" label={t('form.capDays')} required>
        <CountInput min={1} max={366} />
      </Field>
    </div>
  );
}

function firstValues(): PlanValues {
  const startsOn = dayjs().format('YYYY-MM-DD');
  return { name: '', startsOn, capCount: 3, capDays: 7, steps: [newStep()] };
}

/** Problems of steps are named 'steps.0.vias'; the form knows that field as ['steps', 0, 'vias']. */
function showStepProblems(form: FormInstance, failure: ApiFailure): void {
  for (const { field = '', reason } of failure.problems) {
    const [, index, name] = /^steps\.(\d+)\.(\w+)/.exec(field) ?? [];
    if (index === undefined || name === undefined) continue;
    form.setFields([{ name: ['steps', Number(index), name], errors: [reason] }]);
  }
}
