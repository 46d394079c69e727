import { company, usePageParams } from '#platform';
import { Page } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Article, Card, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

export default function HelpArticlePage() {
  const t = useTexts(texts);
  const { language } = useSettings();
  const { key } = usePageParams('help-article');
  const input = { params: { key }, query: { company: company(), lang: language } };
  const article = useRead('GET /api/help/:key', input, { keeps: true });
  return (
    <Page title={article.data?.title ?? t('title')}>
      <Loaded read={article}>
        {({ body }) => (
          <Card>
            <Article body={body} />
          </Card>
        )}
      </Loaded>
    </Page>
  );
}
