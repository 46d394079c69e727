import { Button, Form, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CountInput } from './CountInput.tsx';
import { newStep, type Side, type StepValues } from './plan-values.ts';
import './reminders.css';
import { StepText } from './StepText.tsx';
import { type Audience, audiences, vias } from './words.tsx';

const sides: readonly Side[] = ['before', 'due', 'after'];
const mostSteps = 20;

/** Outside the quiet hours, by the half hour. */
const times = Array.from({ length: 26 }, (_, half) => {
  const hour = String(8 + Math.floor(half / 2)).padStart(2, '0');
  return `${hour}:${half % 2 === 0 ? '00' : '30'}`;
});

export function StepFields() {
  const { t } = useTranslation('reminders');
  return (
    <Form.List name="steps">
      {(fields, { add, remove }) => (
        <div className="stack">
          {fields.map(({ key, name }, index) => (
            <fieldset key={key} className="step-card">
              <legend>{t('form.stepNo', { no: index + 1 })}</legend>
              <OneStep index={name} />
              <Button onClick={() => remove(name)}>
                {t('form.removeStep', { no: index + 1 })}
              </Button>
            </fieldset>
          ))}
          {fields.length < mostSteps && (
            <div>
              <Button onClick={() => add(newStep())}>{t('form.addStep')}</Button>
            </div>
          )}
        </div>
      )}
    </Form.List>
  );
}

/** Fields of a step; those that do not apply are not shown. */
function OneStep({ index }: { readonly index: number }) {
  const { t } = useTranslation('reminders');
  const step = Form.useWatch(['steps', index]) as StepValues | undefined;
  const side = step?.side ?? 'before';
  const isPaper = step?.audience === 'print';
  return (
    <>
      <div className="columns">
        <StepField index={index} name="side" label={t('form.side')}>
          <Select options={sides.map((value) => ({ value, label: t(`form.side.${value}`) }))} />
        </StepField>
        {side !== 'due' && (
          <StepField index={index} name="days" label={t('form.days')}>
            <CountInput min={1} max={side === 'before' ? 60 : 720} />
          </StepField>
        )}
        <StepField index={index} name="audience" label={t('form.audience')}>
          <Select
            options={audiences.map((value: Audience) => ({
              value,
              label: t(`audience.${value}`),
            }))}
            popupMatchSelectWidth={false}
          />
        </StepField>
        {!isPaper && <WayFields index={index} />}
        {side === 'after' && <RepeatFields index={index} />}
      </div>
      {step && !isPaper && <StepText step={step} />}
    </>
  );
}

function WayFields({ index }: { readonly index: number }) {
  const { t } = useTranslation('reminders');
  return (
    <>
      <StepField index={index} name="vias" label={t('form.vias')} help={t('form.viasHelp')}>
        <Select
          mode="multiple"
          options={vias.map((value) => ({ value, label: t(`via.${value}`) }))}
        />
      </StepField>
      <StepField index={index} name="sendAt" label={t('form.sendAt')}>
        <Select options={times.map((value) => ({ value, label: value }))} showSearch />
      </StepField>
    </>
  );
}

function RepeatFields({ index }: { readonly index: number }) {
  const { t } = useTranslation('reminders');
  return (
    <>
      <StepField
        index={index}
        name="repeatEveryDays"
        label={t('form.repeatEvery')}
        help={t('form.repeatHelp')}
        optional
      >
        <CountInput min={1} max={90} />
      </StepField>
      <StepField index={index} name="repeatTimes" label={t('form.repeatTimes')} optional>
        <CountInput min={1} max={24} />
      </StepField>
    </>
  );
}

interface StepFieldProps {
  readonly index: number;
  readonly name: keyof StepValues;
  readonly label: string;
  readonly help?: string;
  readonly optional?: boolean;
  readonly children: ReactNode;
}

/** `Field` inside the list: its name is relative to the list. */
function StepField({ index, name, label, help, optional, children }: StepFieldProps) {
  const { t } = useTranslation('reminders');
  return (
    <Form.Item
      name={[index, name]}
      label={label}
      extra={help}
      rules={optional ? [] : [{ required: true, message: t('form.required', { label }) }]}
    >
      {children}
    </Form.Item>
  );
}
