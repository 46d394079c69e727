import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { type Step, templateOf, useStepWords, useWaysWords } from './words.tsx';

/** The steps along the due day, from the earliest. */
export function PlanSteps({ steps }: { readonly steps: readonly Step[] }) {
  const inOrder = [...steps].sort((a, b) => a.days - b.days);
  return (
    <Timeline
      items={inOrder.map((step) => ({
        key: step.id,
        color: step.days < 0 ? 'blue' : step.days === 0 ? 'green' : 'red',
        content: <StepWords step={step} />,
      }))}
    />
  );
}

function StepWords({ step }: { readonly step: Step }) {
  const { t } = useTranslation('reminders');
  const { can } = useSession();
  const stepWords = useStepWords();
  const waysWords = useWaysWords();
  const { days, audience, repeatEveryDays, repeatTimes } = step;
  const isPaper = audience === 'print';
  const key = templateOf(days);
  return (
    <div className="stack-tight">
      <strong>
        {stepWords(days)}
        {!isPaper && ` · ${t('step.at', { time: step.sendAt })}`}
      </strong>
      <span>{isPaper ? t('step.print') : waysWords(step.vias)}</span>
      {!isPaper && <span className="muted">{t(`audience.${audience}`)}</span>}
      {repeatEveryDays !== null && (
        <span className="muted">
          {t('step.repeat', { every: repeatEveryDays, times: repeatTimes })}
        </span>
      )}
      {!isPaper && can('messaging.read') && (
        <Link to={paths.messageTemplate(key)}>{t('step.template')}</Link>
      )}
    </div>
  );
}
