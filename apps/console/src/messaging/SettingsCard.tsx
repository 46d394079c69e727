import { Button, Card, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { usePurposeName } from './use-template-name.ts';

type Settings = Answer<'GET /api/message-settings'>;

/** When nothing is sent, and how often one person is told at most. */
export function SettingsCard() {
  const { t } = useTranslation('messaging');
  const query = useRead('GET /api/message-settings', {});
  return (
    <Card title={<h2 className="card-title">{t('settings.title')}</h2>}>
      <Loaded query={query} lines={3}>
        {(settings) => <SettingsForm settings={settings} />}
      </Loaded>
    </Card>
  );
}

interface Values {
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly most: readonly number[];
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation(['messaging', 'ui']);
  const { can } = useSession();
  const { done } = useMessages();
  const purposeName = usePurposeName();
  const [form] = Form.useForm<Values>();
  const save = useWrite('PUT /api/message-settings');
  const { submit, isPending, failure, rest } = useSubmit<Values>(form, async (values) => {
    const { quietFrom, quietTo, most } = values;
    const caps = settings.caps.map((cap, index) => ({ ...cap, most: most[index] ?? cap.most }));
    await save.mutateAsync({ body: { quietFrom, quietTo, caps } });
    done(t('accounts.saved'));
  });
  const time = { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: t('settings.timeRule') };
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      disabled={!can('messaging.write')}
      initialValues={{ ...settings, most: settings.caps.map(({ most }) => most) }}
      onFinish={(values) => void submit(values)}
    >
      {failure !== undefined && (
        <Form.Item>
          <FailureNotice error={failure} rest={rest} />
        </Form.Item>
      )}
      <div className="row">
        <Form.Item name="quietFrom" label={t('settings.from')} rules={[time]}>
          <Input maxLength={5} style={{ width: 120 }} />
        </Form.Item>
        <Form.Item name="quietTo" label={t('settings.to')} rules={[time]}>
          <Input maxLength={5} style={{ width: 120 }} />
        </Form.Item>
      </div>
      <p>{t('settings.quietHint')}</p>
      {settings.caps.map(({ purpose, hours }, index) => (
        <Form.Item
          key={`${purpose}/${hours}`}
          name={['most', index]}
          label={t('settings.cap', { purpose: purposeName(purpose), hours })}
        >
          <InputNumber min={1} max={100} precision={0} />
        </Form.Item>
      ))}
      {can('messaging.write') && (
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('ui:save')}
        </Button>
      )}
    </Form>
  );
}
