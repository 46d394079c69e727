import { Choice, Page, Switch } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { changeEverywhere } from '../../settings/account.ts';
import { type Size, sizes, useSettings } from '../../settings/index.ts';
import { Card, List, ListItem } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 设置: how the app looks and which language it speaks. */
export default function SettingsPage() {
  const t = useTexts(texts);
  const { language, isElder, size } = useSettings();
  return (
    <Page title={t('title')}>
      <List>
        <ListItem
          icon="elder"
          title={t('elder')}
          hint={t('elderHint')}
          aside={
            <Switch
              checked={isElder}
              ariaLabel={t('elder')}
              onChange={(next) => changeEverywhere({ isElder: next })}
            />
          }
        />
        <ListItem
          icon="info"
          title={t('notifications')}
          hint={t('notificationsHint')}
          to="notifications"
        />
      </List>
      <List>
        <ListItem icon="me" title={t('account')} hint={t('accountHint')} to="account" />
        <ListItem icon="phone" title={t('sessions')} hint={t('sessionsHint')} to="sessions" />
      </List>
      <Card title={t('size')}>
        <Choice
          ariaLabel={t('size')}
          value={size}
          options={sizes.map((one) => ({ value: one, label: t(`size.${one}`) }))}
          onChange={(next) => changeEverywhere({ size: next as Size })}
        />
      </Card>
      <Card title={t('language')}>
        <Choice
          ariaLabel={t('language')}
          value={language}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(next) => changeEverywhere({ language: next === 'en' ? 'en' : 'zh' })}
        />
      </Card>
    </Page>
  );
}
