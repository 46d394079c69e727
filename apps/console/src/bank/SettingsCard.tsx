import { fen, fenFromYuan, yuanText } from '@wuye-pay/money';
import { Button, Card, Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useSubmit } from '../ui/use-submit.ts';

interface Values {
  readonly matchesByName: boolean;
  readonly twoPeopleFromYuan: string;
}

/** What may be matched without anybody looking, and what two people look at. */
export function SettingsCard() {
  const { t } = useTranslation('bank');
  const query = useRead('GET /api/bank-settings', {});
  return (
    <Card title={<h2 className="card-title">{t('settings.title')}</h2>}>
      <Loaded query={query} lines={3}>
        {(settings) => <SettingsForm settings={settings} />}
      </Loaded>
    </Card>
  );
}

function SettingsForm({ settings }: { readonly settings: Answer<'GET /api/bank-settings'> }) {
  const { t } = useTranslation(['bank', 'ui']);
  const { can } = useSession();
  const { done } = useMessages();
  const [form] = Form.useForm<Values>();
  const save = useWrite('PUT /api/bank-settings');
  const { submit, isPending, failure, rest } = useSubmit<Values>(form, async (values) => {
    const yuan = values.twoPeopleFromYuan.trim();
    const twoPeopleFromFen = yuan === '' ? null : fenFromYuan(yuan);
    await save.mutateAsync({ body: { matchesByName: values.matchesByName, twoPeopleFromFen } });
    done(t('accounts.saved'));
  });
  const { twoPeopleFromFen } = settings;
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      disabled={!can('bank.write')}
      initialValues={{
        matchesByName: settings.matchesByName,
        twoPeopleFromYuan: twoPeopleFromFen === null ? '' : yuanText(fen(twoPeopleFromFen)),
      }}
      onFinish={(values) => void submit(values)}
    >
      {failure !== undefined && (
        <Form.Item>
          <FailureNotice error={failure} rest={rest} />
        </Form.Item>
      )}
      <Form.Item name="matchesByName" valuePropName="checked" extra={t('settings.byNameHint')}>
        <Checkbox>{t('settings.byName')}</Checkbox>
      </Form.Item>
      <Form.Item
        name="twoPeopleFromYuan"
        label={t('settings.two')}
        extra={t('settings.twoHint')}
        rules={[{ pattern: /^\s*(\d{1,9}(\.\d{1,2})?)?\s*$/, message: t('settings.yuanRule') }]}
      >
        <Input inputMode="decimal" suffix={t('settings.yuan')} style={{ maxWidth: 240 }} />
      </Form.Item>
      {can('bank.write') && (
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('ui:save')}
        </Button>
      )}
    </Form>
  );
}
