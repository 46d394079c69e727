import { type Fen, fenFromYuan, yuanText } from '@wuye-pay/money';
import { Button, Card, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { TextField } from '../ui/Fields.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useSubmit } from '../ui/use-submit.ts';

type Settings = Answer<'GET /api/billing-settings'>;

/** Above which amount a second person decides when somebody makes a bill smaller. */
export function LimitCard() {
  const { t } = useTranslation('feedback');
  const { can } = useSession();
  const mayRead = can('billing.read');
  const query = useRead('GET /api/billing-settings', {}, { enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Card title={<h2 className="card-title">{t('settings.limit')}</h2>}>
      <Loaded query={query}>{(settings) => <LimitForm settings={settings} />}</Loaded>
    </Card>
  );
}

interface Values {
  readonly yuan: string;
}

function LimitForm({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const { can } = useSession();
  const { done } = useMessages();
  const [form] = Form.useForm<Values>();
  const save = useWrite('PUT /api/billing-settings');
  const { submit, isPending, failure, rest } = useSubmit<Values>(form, async ({ yuan }) => {
    await save.mutateAsync({ body: { twoPeopleFromFen: fenFromYuan(yuan.trim()) } });
    done(t('settings.saved'));
  });
  const mayChange = can('identity.manage');
  const rule = { pattern: /^\s*\d{1,8}(\.\d{1,2})?\s*$/, message: t('settings.limitRule') };
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      disabled={!mayChange}
      initialValues={{ yuan: yuanText(settings.twoPeopleFromFen as Fen) }}
      onFinish={(values) => void submit(values)}
    >
      {failure !== undefined && (
        <Form.Item>
          <FailureNotice error={failure} rest={rest} />
        </Form.Item>
      )}
      <p>{t('settings.limitSays')}</p>
      <TextField name="yuan" label={t('settings.limitAmount')} rule={rule} required />
      {mayChange && (
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('ui:save')}
        </Button>
      )}
    </Form>
  );
}
