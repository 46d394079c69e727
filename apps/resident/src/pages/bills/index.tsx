import { Page } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Empty, List, ListItem, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 缴费: the homes of whoever is signed in. */
export default function BillsPage() {
  const t = useTexts(texts);
  const homes = useRead('GET /api/resident/homes', {}, { keeps: true });
  return (
    <Page title={t('title')} tab="bills">
      <Loaded read={homes}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="home" title={t('noHome')} hint={t('noHomeHint')} />
          ) : (
            <List>
              {items.map((home) => (
                <ListItem
                  key={home.unitId}
                  icon="home"
                  title={home.label}
                  hint={home.communityName}
                />
              ))}
            </List>
          )
        }
      </Loaded>
    </Page>
  );
}
