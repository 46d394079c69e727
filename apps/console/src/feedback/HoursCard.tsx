import { Button, Card, Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { LongTextField, TextField } from '../ui/Fields.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useSubmit } from '../ui/use-submit.ts';

type Settings = Answer<'GET /api/feedback-settings'>;

/** By which hours the clocks run, and who hears of what is late. */
export function HoursCard() {
  const { t } = useTranslation('feedback');
  const query = useRead('GET /api/feedback-settings', {});
  return (
    <Card title={<h2 className="card-title">{t('settings.hours')}</h2>}>
      <Loaded query={query}>{(settings) => <HoursForm settings={settings} />}</Loaded>
    </Card>
  );
}

interface Values {
  readonly opens: string;
  readonly closes: string;
  readonly weekdays: number[];
  readonly holidays: string;
  readonly workdays: string;
  readonly reopenDays: string;
  readonly percent: string;
  readonly emails: string;
}

const days = [1, 2, 3, 4, 5, 6, 7] as const;
const dayLines = /^(\s*\d{4}-\d{2}-\d{2}\s*(\n|$))*\s*$/;

function HoursForm({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const { can } = useSession();
  const { done } = useMessages();
  const [form] = Form.useForm<Values>();
  const save = useWrite('PUT /api/feedback-settings');
  const { submit, isPending, failure, rest } = useSubmit<Values>(form, async (values) => {
    await save.mutateAsync({ body: settingsIn(values) });
    done(t('settings.saved'));
  });
  const time = { pattern: /^\s*([01]\d|2[0-4]):[0-5]\d\s*$/, message: t('settings.time') };
  const whole = { pattern: /^\s*\d{1,3}\s*$/, message: t('settings.number') };
  const dates = { pattern: dayLines, message: t('settings.dayRule') };
  const options = days.map((value) => ({ value, label: t(`settings.day${value}`) }));
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      disabled={!can('feedback.manage')}
      initialValues={valuesOf(settings)}
      onFinish={(values) => void submit(values)}
    >
      {failure !== undefined && (
        <Form.Item>
          <FailureNotice error={failure} rest={rest} />
        </Form.Item>
      )}
      <TextField name="opens" label={t('settings.opens')} rule={time} required />
      <TextField name="closes" label={t('settings.closes')} rule={time} required />
      <Form.Item name="weekdays" label={t('settings.weekdays')}>
        <Checkbox.Group options={options} />
      </Form.Item>
      <LongTextField name="holidays" label={t('settings.holidays')} maxLength={3000} rule={dates} />
      <LongTextField name="workdays" label={t('settings.workdays')} maxLength={3000} rule={dates} />
      <TextField name="reopenDays" label={t('settings.reopenDays')} rule={whole} required />
      <TextField name="percent" label={t('settings.percent')} rule={whole} required />
      <LongTextField name="emails" label={t('settings.emails')} maxLength={2000} />
      {can('feedback.manage') && (
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('ui:save')}
        </Button>
      )}
    </Form>
  );
}

function valuesOf(settings: Settings): Values {
  const clock = (minute: number) =>
    [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return {
    opens: clock(settings.opensAtMinute),
    closes: clock(settings.closesAtMinute),
    weekdays: settings.weekdays,
    holidays: settings.holidays.join('\n'),
    workdays: settings.workdays.join('\n'),
    reopenDays: String(settings.reopenDays),
    percent: String(settings.satisfactionPercent),
    emails: settings.digestEmails.join('\n'),
  };
}

function settingsIn(values: Values): Settings {
  const minute = (clock: string) => {
    const [hours = 0, minutes = 0] = clock.trim().split(':').map(Number);
    return hours * 60 + minutes;
  };
  const lines = (text = '') => [...new Set(text.split(/\s+/).filter((line) => line !== ''))];
  return {
    opensAtMinute: minute(values.opens),
    closesAtMinute: minute(values.closes),
    weekdays: [...values.weekdays].sort((a, b) => a - b),
    holidays: lines(values.holidays),
    workdays: lines(values.workdays),
    reopenDays: Number(values.reopenDays),
    satisfactionPercent: Number(values.percent),
    digestEmails: lines(values.emails),
  };
}
