import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { ArticleForm } from './ArticleForm.tsx';

export type Article = Item<'GET /api/help-articles'>;

export const categories = ['pay', 'autopay', 'papers', 'home', 'trouble'] as const;

/** What residents read under Help. */
export function HelpPage() {
  const { t } = useTranslation('content');
  const { can } = useSession();
  const [edited, setEdited] = useState<Article | 'new' | undefined>();
  const { values, set, clear, isFiltered } = useUrlFilters(['category']);
  const category = categories.find((one) => one === values.category);
  const query = useRead('GET /api/help-articles', { query: { category } });
  return (
    <>
      <DataPage<Article>
        title={t('help.title')}
        intro={t('help.intro')}
        label={t('help.title')}
        query={query}
        rowKey={({ key }) => key}
        columns={useColumns(setEdited)}
        actions={
          can('content.write') && (
            <Button type="primary" onClick={() => setEdited('new')}>
              {t('help.add')}
            </Button>
          )
        }
        isFiltered={isFiltered}
        onClearFilters={clear}
        empty={{ title: t('help.emptyTitle'), hint: t('help.emptyHint') }}
        filters={
          <FilterSelect
            label={t('help.category')}
            value={values.category}
            onChange={(next) => set({ category: next })}
            options={categories.map((value) => ({ value, label: t(`help.category.${value}`) }))}
            width={200}
          />
        }
      />
      <ArticleForm edited={edited} onClose={() => setEdited(undefined)} />
    </>
  );
}

function useColumns(
  onEdit: (article: Article) => void,
): NonNullable<TableProps<Article>['columns']> {
  const { t } = useTranslation('content');
  const [language] = useLanguage();
  return [
    { title: t('help.name'), render: (_value, { title }) => title[language] || title.zh },
    {
      title: t('help.category'),
      render: (_value, { category }) => t(`help.category.${category}`),
    },
    {
      title: t('help.english'),
      render: (_value, { body }) => t(body.en ? 'help.english.yes' : 'help.english.no'),
    },
    {
      title: t('help.origin'),
      render: (_value, { origin }) => (
        <StateTag tone={origin === 'built-in' ? 'default' : 'processing'}>
          {t(`help.origin.${origin}`)}
        </StateTag>
      ),
    },
    {
      title: t('help.state'),
      render: (_value, { state }) => (
        <StateTag tone={state === 'published' ? 'success' : 'default'}>
          {t(`help.state.${state}`)}
        </StateTag>
      ),
    },
    {
      title: t('help.changed'),
      render: (_value, { updatedAt, updatedBy }) =>
        updatedAt ? `${instantText(updatedAt, language)} ${updatedBy ?? ''}` : '—',
    },
    {
      title: t('help.actions'),
      render: (_value, article) => <ArticleActions article={article} onEdit={onEdit} />,
    },
  ];
}

interface ArticleActionsProps {
  readonly article: Article;
  readonly onEdit: (article: Article) => void;
}

function ArticleActions({ article, onEdit }: ArticleActionsProps) {
  const { t } = useTranslation('content');
  const { can } = useSession();
  const reset = useWrite('DELETE /api/help-articles/:articleKey');
  if (!can('content.write')) return null;
  const verb = article.origin === 'own' ? 'delete' : 'reset';
  return (
    <div className="row" style={{ flexWrap: 'nowrap' }}>
      <Button size="small" onClick={() => onEdit(article)}>
        {t('help.edit')}
      </Button>
      {article.origin !== 'built-in' && (
        <ConfirmButton
          label={t(`help.${verb}`)}
          danger
          title={t(`help.${verb}Title`, { name: article.title.zh })}
          consequences={[t(`help.${verb}Says`)]}
          confirmLabel={t(`help.${verb}`)}
          onConfirm={() => reset.mutateAsync({ params: { articleKey: article.key } })}
        />
      )}
    </div>
  );
}
