import { useEffect, useState } from 'react';
import { company } from '#platform';
import { Input, Page, Text } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { CallOffice, Card, Empty, List, ListItem, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

const categories = ['pay', 'autopay', 'papers', 'home', 'trouble'] as const;

/** 帮助: short articles by category, found by what they say. */
export default function HelpPage() {
  const t = useTexts(texts);
  const { language } = useSettings();
  const [search, setSearch] = useState('');
  const words = useSettled(search.trim());
  const query = { company: company(), lang: language, search: words };
  const found = useRead('GET /api/help', { query }, { keeps: words === '' });
  return (
    <Page title={t('title')}>
      <Input
        kind="search"
        value={search}
        onChange={setSearch}
        placeholder={t('search')}
        ariaLabel={t('search')}
        maxLength={40}
      />
      <Loaded read={found}>
        {({ items }) => {
          if (items.length === 0) {
            return <Empty icon="help" title={t('nothing')} hint={t('nothingHint')} />;
          }
          return categories
            .filter((category) => items.some((item) => item.category === category))
            .map((category) => (
              <Card key={category} title={t(`category.${category}`)}>
                <List>
                  {items
                    .filter((item) => item.category === category)
                    .map(({ key, title, summary }) => (
                      <ListItem
                        key={key}
                        title={title}
                        hint={<Text>{summary}</Text>}
                        to="help-article"
                        params={{ key }}
                      />
                    ))}
                </List>
              </Card>
            ));
        }}
      </Loaded>
      <CallOffice />
    </Page>
  );
}

/** Typing is over when nothing came for this long. */
const settlesMs = 300;

/** The text once typing is over, so that not every letter is a question to the server. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settlesMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
