import { fen, yuanAmount } from '@wuye-pay/money';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { dayText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { usePreview } from './use-preview.ts';
import type { Plan, Preview } from './words.tsx';

interface PlanActionsProps {
  readonly plan: Plan;
}

export function PlanActions({ plan }: PlanActionsProps) {
  const { t } = useTranslation('reminders');
  const { can } = useSession();
  if (!can('reminders.write')) return null;
  const mayDo = (action: Plan['allowedActions'][number]) => plan.allowedActions.includes(action);
  return (
    <>
      {mayDo('edit') ? (
        <LinkButton to={paths.editReminderPlan(plan.id)}>{t('plan.edit')}</LinkButton>
      ) : (
        <ActionButton whyNot={t('plan.editFirst')}>{t('plan.edit')}</ActionButton>
      )}
      {mayDo('delete') && <DeleteButton plan={plan} />}
      {mayDo('pause') && <PauseButton plan={plan} />}
      {mayDo('activate') && <ActivateButton plan={plan} />}
    </>
  );
}

/** Says how many homes, messages and yuan the next run comes to. */
function ActivateButton({ plan }: PlanActionsProps) {
  const { t } = useTranslation('reminders');
  const { done } = useMessages();
  const { data } = usePreview(plan, undefined);
  const activate = useWrite('POST /api/reminder-plans/:reminderPlanId/activate');
  const next = useConsequences(data);
  const whyNot =
    plan.steps.length === 0 ? t('plan.noSteps') : data ? undefined : t('plan.counting');
  return (
    <ConfirmButton
      type="primary"
      label={t('plan.activate')}
      title={t('plan.activateTitle', { name: plan.name })}
      consequences={[...next, t('plan.activateLater')]}
      confirmLabel={t('plan.activate')}
      whyNot={whyNot}
      onConfirm={async () => {
        await activate.mutateAsync({ params: { reminderPlanId: plan.id } });
        done(t('plan.activated'));
      }}
    />
  );
}

function useConsequences(preview: Preview | undefined) {
  const { t } = useTranslation('reminders');
  const [language] = useLanguage();
  const wayWords = useWayWords();
  if (!preview || preview.units === 0) return [t('plan.activateNone')];
  const next = t('plan.activateNext', {
    day: dayText(preview.day, language),
    units: preview.units,
    owed: yuanAmount(fen(preview.owedFen)),
  });
  return [next, ...preview.ways.map(wayWords)];
}

/** "短信：约 120 条，约 5.40 元" */
export function useWayWords(): (way: Preview['ways'][number]) => string {
  const { t } = useTranslation('reminders');
  return ({ via, messages, costYuan }) => {
    const isFree = costYuan === null || Number(costYuan) === 0;
    const cost = isFree ? '' : t('plan.wayCost', { yuan: costYuan });
    return t('plan.activateWay', { way: t(`via.${via}`), count: messages, cost });
  };
}

function PauseButton({ plan }: PlanActionsProps) {
  const { t } = useTranslation('reminders');
  const { done } = useMessages();
  const pause = useWrite('POST /api/reminder-plans/:reminderPlanId/pause');
  return (
    <ConfirmButton
      danger
      label={t('plan.pause')}
      title={t('plan.pauseTitle', { name: plan.name })}
      consequences={[t('plan.pauseSays')]}
      confirmLabel={t('plan.pause')}
      onConfirm={async () => {
        await pause.mutateAsync({ params: { reminderPlanId: plan.id } });
        done(t('plan.pausedNow'));
      }}
    />
  );
}

function DeleteButton({ plan }: PlanActionsProps) {
  const { t } = useTranslation('reminders');
  const { done } = useMessages();
  const navigate = useNavigate();
  const remove = useWrite('DELETE /api/reminder-plans/:reminderPlanId', { leavesPage: true });
  return (
    <ConfirmButton
      danger
      label={t('plan.delete')}
      title={t('plan.deleteTitle', { name: plan.name })}
      consequences={[t('plan.deleteSays')]}
      confirmLabel={t('plan.delete')}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { reminderPlanId: plan.id } });
        done(t('plan.deleted'));
        void navigate(paths.reminderPlans());
      }}
    />
  );
}
