import { useState } from 'react';
import { company } from '#platform';
import { Input, Page, Text } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Empty, List, ListItem, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

const categories = ['pay', 'autopay', 'papers', 'home', 'trouble'] as const;

/** 帮助: short articles by category, found by what they say. */
export default function HelpPage() {
  const t = useTexts(texts);
  const { language } = useSettings();
  const [search, setSearch] = useState('');
  const query = { company: company(), lang: language };
  const all = useRead('GET /api/help', { query }, { keeps: true });
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
      <Loaded read={all}>
        {({ items }) => {
          const found = items.filter(({ title, summary }) => contains(title + summary, search));
          if (found.length === 0) {
            return <Empty icon="help" title={t('nothing')} hint={t('nothingHint')} />;
          }
          return categories
            .filter((category) => found.some((item) => item.category === category))
            .map((category) => (
              <Card key={category} title={t(`category.${category}`)}>
                <List>
                  {found
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
    </Page>
  );
}

function contains(text: string, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => text.toLowerCase().includes(word));
}
