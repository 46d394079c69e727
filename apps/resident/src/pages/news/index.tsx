import { Page } from '#ui';
import { useRead } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Empty, List, ListItem, Loaded, Tag } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 公告 and 公示 of the communities in which the reader has a home. */
export default function NewsPage() {
  const t = useTexts(texts);
  const { language } = useSettings();
  const news = useRead('GET /api/resident/announcements', {}, { keeps: true });
  return (
    <Page title={t('title')}>
      <Standards />
      <Loaded read={news}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="info" title={t('nothing')} hint={t('nothingHint')} />
          ) : (
            <List label={t('title')}>
              {items.map(({ id, kind, title, isPinned, isRead, publishedAt }) => (
                <ListItem
                  key={id}
                  title={title}
                  hint={[t(kind), isPinned && t('pinned'), instantText(publishedAt, language)]
                    .filter(Boolean)
                    .join(' · ')}
                  aside={isRead ? undefined : <Tag kind="warning">{t('unread')}</Tag>}
                  to="news-item"
                  params={{ announcementId: id }}
                />
              ))}
            </List>
          )
        }
      </Loaded>
    </Page>
  );
}

/** A way to the fee standards of each community. */
function Standards() {
  const t = useTexts(texts);
  const homes = useRead('GET /api/resident/homes', {}, { keeps: true });
  const names = new Map(
    homes.data?.items.map(({ communityId, communityName }) => [communityId, communityName]),
  );
  if (names.size === 0) return null;
  return (
    <Card title={t('standards')}>
      <List>
        {[...names].map(([communityId, name]) => (
          <ListItem
            key={communityId}
            icon="info"
            title={name}
            hint={t('standardsHint')}
            to="fee-standards"
            params={{ communityId }}
          />
        ))}
      </List>
    </Card>
  );
}
