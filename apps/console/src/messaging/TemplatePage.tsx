import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { TemplateAccounts } from './TemplateAccounts.tsx';
import { TemplateText } from './TemplateText.tsx';
import { usePurposeName } from './use-template-name.ts';

export type Template = Answer<'GET /api/message-templates/:templateKey'>;

export function TemplatePage() {
  const { templateKey = '' } = useParams();
  const query = useRead('GET /api/message-templates/:templateKey', { params: { templateKey } });
  return <Loaded query={query}>{(one) => <TemplateView key={one.key} template={one} />}</Loaded>;
}

function TemplateView({ template }: { readonly template: Template }) {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  const purposeName = usePurposeName();
  return (
    <Page
      title={template.label[language]}
      intro={purposeName(template.purpose)}
      parent={{ label: t('templates.title'), to: paths.messageTemplates() }}
    >
      <Card title={<h2 className="card-title">{t('template.variables')}</h2>}>
        <DataTable<Template['variables'][number]>
          label={t('template.variables')}
          dataSource={template.variables}
          rowKey="name"
          columns={[
            {
              title: t('template.variable'),
              render: (_value, { name }) => <code>{`{${name}}`}</code>,
            },
            { title: t('template.meaning'), render: (_value, { label }) => label[language] },
            { title: t('template.sample'), render: (_value, { sample }) => sample[language] },
          ]}
        />
        {template.hasLink && <p>{t('template.linkHint')}</p>}
      </Card>
      {template.texts.map((text) => (
        <TemplateText key={text.language} template={template} text={text} />
      ))}
      <TemplateAccounts template={template} />
    </Page>
  );
}
