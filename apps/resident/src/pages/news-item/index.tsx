import { usePageParams } from '#platform';
import { Page } from '#ui';
import { useRead } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Article, Card, Hint, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

export default function NewsItemPage() {
  const t = useTexts(texts);
  const { language } = useSettings();
  const params = usePageParams('news-item');
  const item = useRead('GET /api/resident/announcements/:announcementId', { params });
  return (
    <Page title={item.data?.title ?? t('title')}>
      <Loaded read={item}>
        {({ body, companyName, publishedAt }) => (
          <Card>
            <Hint>{`${companyName} · ${instantText(publishedAt, language)}`}</Hint>
            <Article body={body} />
          </Card>
        )}
      </Loaded>
    </Page>
  );
}
