import { Button, Card, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useSubmit } from '../ui/use-submit.ts';

interface Change {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly again: string;
}

const shortestPassword = 10;

export function PasswordPage() {
  const { t } = useTranslation(['identity', 'ui']);
  const { done } = useMessages();
  const [form] = Form.useForm<Change>();
  const { submit, isPending, failure, rest } = useSubmit<Change>(form, async (values) => {
    const { currentPassword, newPassword } = values;
    await call('POST /api/session/password', { body: { currentPassword, newPassword } });
    form.resetFields();
    done(t('password.changed'));
  });
  const required = (label: string) => ({ required: true, message: t('ui:required', { label }) });
  return (
    <Page title={t('password.title')} intro={t('password.intro')}>
      <Card style={{ maxWidth: 520 }}>
        <Form<Change>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => void submit(values)}
        >
          {failure !== undefined && (
            <Form.Item>
              <FailureNotice error={failure} rest={rest} />
            </Form.Item>
          )}
          <Form.Item
            name="currentPassword"
            label={t('password.current')}
            rules={[required(t('password.current'))]}
          >
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Form.Item
            name="newPassword"
            label={t('password.new')}
            extra={t('password.newHelp')}
            rules={[
              required(t('password.new')),
              { min: shortestPassword, message: t('password.tooShort') },
            ]}
          >
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('password.again')}
            dependencies={['newPassword']}
            rules={[
              required(t('password.again')),
              ({ getFieldValue }) => ({
                validator: async (_rule, value: unknown) => {
                  if (value && value !== getFieldValue('newPassword')) {
                    throw new Error(t('password.differs'));
                  }
                },
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={isPending}>
            {t('password.submit')}
          </Button>
        </Form>
      </Card>
    </Page>
  );
}
