import { Alert, Button, Card, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { call } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useSubmit } from '../ui/use-submit.ts';
import type { Template } from './TemplatePage.tsx';

interface Values {
  readonly title: string;
  readonly body: string;
}

type Preview = Answer<'POST /api/message-templates/:templateKey/preview'>;

interface TemplateTextProps {
  readonly template: Template;
  readonly text: Template['texts'][number];
}

/** The company's words in one language, with what arrives and what it costs beside them. */
export function TemplateText({ template, text }: TemplateTextProps) {
  const { t } = useTranslation(['messaging', 'ui']);
  const { can } = useSession();
  const { done } = useMessages();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) as Values | undefined;
  const save = useWrite('PUT /api/message-templates/:templateKey/texts/:language');
  const params = { templateKey: template.key, language: text.language };
  const { submit, isPending, failure, rest } = useSubmit<Values>(form, async (body) => {
    await save.mutateAsync({ params, body });
    done(t('accounts.saved'));
  });
  const reset = async () => {
    const fresh = await save.mutateAsync({ params, body: { title: '', body: '' } });
    const { title, body } = fresh.texts.find((one) => one.language === text.language) ?? text;
    form.setFieldsValue({ title, body });
    done(t('template.isReset'));
  };
  const preview = usePreview(template.key, text.language, values ?? text);
  return (
    <Card
      title={
        <h2 className="card-title">
          {t(`template.language.${text.language}`)}{' '}
          <StateTag tone={text.isBuiltIn ? 'default' : 'processing'}>
            {t(text.isBuiltIn ? 'template.builtIn' : 'template.own')}
          </StateTag>
        </h2>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        disabled={!can('messaging.write')}
        initialValues={{ title: text.title, body: text.body }}
        onFinish={(next) => void submit(next)}
      >
        {failure !== undefined && (
          <Form.Item>
            <FailureNotice error={failure} rest={rest} />
          </Form.Item>
        )}
        <Form.Item name="title" label={t('template.title')} extra={t('template.titleHint')}>
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item name="body" label={t('template.body')} extra={t('template.bodyHint')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 8 }} />
        </Form.Item>
        {preview && <PreviewNotice preview={preview} />}
        {can('messaging.write') && (
          <div className="row">
            <Button type="primary" htmlType="submit" loading={isPending}>
              {t('ui:save')}
            </Button>
            {!text.isBuiltIn && <Button onClick={() => void reset()}>{t('template.reset')}</Button>}
          </div>
        )}
      </Form>
    </Card>
  );
}

function PreviewNotice({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  const size = t('template.size', { length: preview.smsLength, count: preview.segments });
  const cost = preview.costYuan === null ? '' : t('template.cost', { yuan: preview.costYuan });
  return (
    <Form.Item label={t('template.preview')}>
      <div className="stack-tight" aria-live="polite">
        <div className="wrapping">{preview.smsText}</div>
        <span>{`${size}${cost}`}</span>
        {preview.problems.map((problem) => (
          <Alert key={problem.zh} type="warning" showIcon title={problem[language]} />
        ))}
      </div>
    </Form.Item>
  );
}

/** Waits until nobody types. */
const pauseMs = 300;

function usePreview(
  templateKey: string,
  language: 'zh' | 'en',
  { title = '', body = '' }: Partial<Values>,
): Preview | undefined {
  const [preview, setPreview] = useState<Preview | undefined>();
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      call(
        'POST /api/message-templates/:templateKey/preview',
        { params: { templateKey }, body: { language, title, body } },
        stop.signal,
      ).then(setPreview, () => undefined);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [templateKey, language, title, body]);
  return preview;
}
