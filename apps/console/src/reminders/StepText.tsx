import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { daysOf, type StepValues } from './plan-values.ts';
import { templateOf } from './words.tsx';

/** What a step says: the template that fits its day, its length and what one SMS costs. */
export function StepText({ step }: { readonly step: StepValues }) {
  const { can } = useSession();
  return can('messaging.read') ? <Text templateKey={templateOf(daysOf(step))} /> : null;
}

function Text({ templateKey }: { readonly templateKey: string }) {
  const { t } = useTranslation('reminders');
  const [language] = useLanguage();
  const { data } = useRead('GET /api/message-templates', {});
  const template = data?.items.find(({ key }) => key === templateKey);
  const text = template?.texts.find((one) => one.language === 'zh');
  const preview = useTemplatePreview(templateKey, text);
  if (!template || !text) return null;
  const yuan = preview?.costYuan;
  const cost = yuan ? t('form.cost', { yuan: String(Number(yuan)) }) : '';
  return (
    <div className="stack-tight">
      <span>
        {`${t('form.text')}：${template.label[language]} `}
        <Link to={paths.messageTemplate(templateKey)}>{t('form.openTemplate')}</Link>
      </span>
      <span className="shown-text">{preview?.smsText ?? text.body}</span>
      {preview && (
        <span className="muted">{t('form.segments', { count: preview.segments, cost })}</span>
      )}
    </div>
  );
}

function useTemplatePreview(
  templateKey: string,
  text: { readonly title: string; readonly body: string } | undefined,
) {
  const key = 'POST /api/message-templates/:templateKey/preview';
  const { data } = useQuery({
    queryKey: [key, templateKey, text?.title, text?.body],
    enabled: text !== undefined,
    queryFn: ({ signal }) => {
      const { title = '', body = '' } = text ?? {};
      return call(key, { params: { templateKey }, body: { language: 'zh', title, body } }, signal);
    },
  });
  return data;
}
