import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { call } from '../api/client.ts';
import { keepSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { nextPage } from './next-page.ts';
import './sign-in.css';

interface Credentials {
  readonly loginName: string;
  readonly password: string;
}

/** The door of the console. What is wrong is said in the server's words, lockouts included. */
export function SignInPage() {
  const { t } = useTranslation(['identity', 'ui', 'shell']);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const queryClient = useQueryClient();
  const [form] = Form.useForm<Credentials>();
  const { submit, isPending, failure, rest } = useSubmit<Credentials>(form, async (values) => {
    keepSession(queryClient, await call('POST /api/session', { body: values }));
    void navigate(nextPage(search.get('next'), paths.today()), { replace: true });
  });
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('shell:product')}`;
  }, [t]);
  const required = (label: string) => ({
    required: true,
    message: t('ui:required', { label }),
  });
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <LanguageSwitch />
        </div>
        <Card>
          <h1 className="sign-in-title">{t('shell:product')}</h1>
          <p className="page-intro sign-in-intro">{t('signIn.intro')}</p>
          <Form<Credentials>
            form={form}
            layout="vertical"
            size="large"
            requiredMark={false}
            onFinish={(values) => void submit(values)}
          >
            {failure !== undefined && (
              <Form.Item>
                <FailureNotice error={failure} rest={rest} />
              </Form.Item>
            )}
            <Form.Item
              name="loginName"
              label={t('signIn.loginName')}
              rules={[required(t('signIn.loginName'))]}
            >
              <Input autoComplete="username" autoCapitalize="none" maxLength={80} autoFocus />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('signIn.password')}
              rules={[required(t('signIn.password'))]}
            >
              <Input.Password autoComplete="current-password" maxLength={200} />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={isPending}>
              {t('signIn.submit')}
            </Button>
          </Form>
          <p className="muted sign-in-foot">{t('signIn.forgotten')}</p>
        </Card>
      </div>
    </main>
  );
}
