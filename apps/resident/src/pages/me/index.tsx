import { useState } from 'react';
import { keepSession, replace } from '#platform';
import { Button, Page } from '#ui';
import { request } from '../../api/index.ts';
import { forgetAnswers, useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { CallOffice, Confirm, Empty, Failure, List, ListItem, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 我的: everything about the reader, a row for each page. */
export default function MePage() {
  const t = useTexts(texts);
  const me = useRead('GET /api/resident/me', {}, { keeps: true });
  const homes = useRead('GET /api/resident/homes', {}, { keeps: true });
  return (
    <Page title={t('title')} tab="me">
      <Loaded read={me}>
        {({ displayName, phoneMasked, company }) => (
          <List>
            <ListItem
              icon="me"
              title={displayName ?? phoneMasked ?? t('resident')}
              hint={[displayName && phoneMasked, company.name].filter(Boolean).join(' · ')}
              to="account"
            />
          </List>
        )}
      </Loaded>
      {homes.data &&
        (homes.data.items.length === 0 ? (
          <Empty icon="home" title={t('noHome')} hint={t('noHomeHint')} />
        ) : (
          <List label={t('homes')}>
            {homes.data.items.map((home) => (
              <ListItem
                key={home.unitId}
                icon="home"
                title={home.label}
                hint={`${home.communityName} · ${t(`role.${home.role}`)}`}
                to="people"
                params={{ unitId: home.unitId }}
              />
            ))}
          </List>
        ))}
      <List>
        <ListItem icon="home" title={t('bind')} hint={t('bindHint')} to="bind" />
      </List>
      <List label={t('money')}>
        <ListItem icon="receipt" title={t('history')} hint={t('historyHint')} to="history" />
        <ListItem icon="waiting" title={t('autopay')} hint={t('autopayHint')} to="autopay" />
        <ListItem icon="bills" title={t('prepayment')} hint={t('prepaymentHint')} to="prepayment" />
      </List>
      <List label={t('app')}>
        <ListItem icon="settings" title={t('settings')} hint={t('settingsHint')} to="settings" />
        <ListItem icon="bills" title={t('messages')} hint={t('messagesHint')} to="messages" />
        <ListItem icon="info" title={t('news')} hint={t('newsHint')} to="news" />
        <ListItem icon="help" title={t('help')} hint={t('helpHint')} to="help" />
        <ListItem icon="help" title={t('tour')} hint={t('tourHint')} to="tour" />
      </List>
      <CallOffice communityName={homes.data?.items[0]?.communityName} />
      <SignOut />
    </Page>
  );
}

function SignOut() {
  const t = useTexts(texts);
  const [isAsking, setAsking] = useState(false);
  const leaving = useAction(async () => {
    await request('DELETE /api/resident/session', {});
    keepSession(undefined);
    forgetAnswers();
    replace('sign-in');
  });
  return (
    <>
      <Button onTap={() => setAsking(true)}>{t('signOut')}</Button>
      <Confirm
        isOpen={isAsking}
        title={t('signOut')}
        action={t('signOut')}
        isBusy={leaving.isBusy}
        onConfirm={leaving.run}
        onClose={() => setAsking(false)}
      >
        <Failure error={leaving.failure} />
        {t('signOutWhat')}
      </Confirm>
    </>
  );
}
