import { Form, Input, Select, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { Field, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { BodyPreview } from './BodyPreview.tsx';
import { type Article, categories } from './HelpPage.tsx';
import { PictureButton } from './PictureButton.tsx';

interface ArticleValues {
  readonly key: string;
  readonly category: (typeof categories)[number];
  readonly state: 'published' | 'hidden';
  readonly titleZh: string;
  readonly titleEn?: string;
  readonly bodyZh: string;
  readonly bodyEn?: string;
}

interface ArticleFormProps {
  readonly edited: Article | 'new' | undefined;
  readonly onClose: () => void;
}

export function ArticleForm({ edited, onClose }: ArticleFormProps) {
  const { t } = useTranslation('content');
  const save = useWrite('PUT /api/help-articles/:articleKey');
  const article = edited === 'new' ? undefined : edited;
  return (
    <FormDrawer<ArticleValues>
      title={article ? article.title.zh : t('help.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      width={640}
      initialValues={article ? valuesOf(article) : { category: 'pay', state: 'published' }}
      onSubmit={({ key, titleEn = '', bodyEn = '', ...rest }) =>
        save.mutateAsync({
          params: { articleKey: article?.key ?? key },
          body: { ...rest, titleEn, bodyEn },
        })
      }
    >
      {!article && (
        <TextField
          name="key"
          label={t('help.key')}
          required
          maxLength={40}
          help={t('help.keyHelp')}
          rule={{ pattern: /^[a-z][a-z0-9-]{1,39}$/, message: t('help.keyRule') }}
        />
      )}
      <SelectField
        name="category"
        label={t('help.category')}
        required
        options={categories.map((value) => ({ value, label: t(`help.category.${value}`) }))}
      />
      <Field name="state" label={t('help.state')} required>
        <Select
          options={(['published', 'hidden'] as const).map((value) => ({
            value,
            label: t(`help.state.${value}`),
          }))}
        />
      </Field>
      <TextField name="titleZh" label={t('help.titleZh')} required maxLength={40} />
      <BodyField name="bodyZh" label={t('help.bodyZh')} required />
      <TextField name="titleEn" label={t('help.titleEn')} maxLength={80} />
      <BodyField name="bodyEn" label={t('help.bodyEn')} />
    </FormDrawer>
  );
}

function valuesOf({ title, body, ...article }: Article): ArticleValues {
  const { key, category, state } = article;
  const texts = { titleZh: title.zh, titleEn: title.en, bodyZh: body.zh, bodyEn: body.en };
  return { key, category, state, ...texts };
}

interface BodyFieldProps {
  readonly name: string;
  readonly label: string;
  readonly required?: boolean;
}

/** Lines of text beside how residents see them. */
export function BodyField({ name, label, required = false }: BodyFieldProps) {
  const { t } = useTranslation('content');
  const form = Form.useFormInstance();
  const text: string = Form.useWatch(name, form) ?? '';
  const write = (
    <>
      <Field name={name} label={label} required={required} help={t('help.bodyHelp')}>
        <Input.TextArea rows={10} maxLength={8000} />
      </Field>
      <PictureButton onPicture={(line) => form.setFieldValue(name, `${text}\n${line}`.trim())} />
    </>
  );
  return (
    <Tabs
      items={[
        { key: 'write', label, children: write },
        { key: 'preview', label: t('help.preview'), children: <BodyPreview text={text} /> },
      ]}
    />
  );
}
