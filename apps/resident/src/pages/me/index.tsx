import { Page } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { List, ListItem } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 我的: everything about the reader, a row for each page. */
export default function MePage() {
  const t = useTexts(texts);
  return (
    <Page title={t('title')} tab="me">
      <List>
        <ListItem icon="settings" title={t('settings')} hint={t('settingsHint')} to="settings" />
      </List>
    </Page>
  );
}
