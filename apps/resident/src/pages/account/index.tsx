import { useState } from 'react';
import { usePageParams } from '#platform';
import { Button, Input, Page, Sheet } from '#ui';
import { type Answer, request } from '../../api/index.ts';
import { useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Buttons, Failure, FormField, List, ListItem, Loaded, Notice } from '../../ui/index.ts';
import { texts } from './texts.ts';
import { Wallets } from './Wallets.tsx';

/** 账号与安全: who one is to the others, the ways in, and the way out. */
export default function AccountPage() {
  const t = useTexts(texts);
  const { login } = usePageParams('account');
  const me = useRead('GET /api/resident/me', {});
  return (
    <Page title={t('title')}>
      {login !== undefined && <Notice kind="bad">{t(loginText(login))}</Notice>}
      <Loaded read={me}>
        {(data) => (
          <>
            <List>
              <Name me={data} onSaved={me.reload} />
              <ListItem
                icon="phone"
                title={t('phone')}
                hint={data.phoneMasked ?? t('noPhone')}
                to="account-phone"
              />
              <ListItem
                icon="info"
                title={t('email')}
                hint={data.emailMasked ?? t('noEmail')}
                to="account-email"
              />
              <ListItem
                icon="settings"
                title={t('sessions')}
                hint={t('sessionsHint')}
                to="sessions"
              />
            </List>
            <Wallets me={data} onChanged={me.reload} />
          </>
        )}
      </Loaded>
      <List>
        <ListItem icon="warning" title={t('close')} hint={t('closeHint')} to="account-close" />
      </List>
    </Page>
  );
}

function loginText(code: string) {
  return code === 'WALLET_LOGIN_FAILED' || code === 'WALLET_OF_OTHER_ACCOUNT'
    ? (`login.${code}` as const)
    : 'login.other';
}

interface NameProps {
  readonly me: Answer<'GET /api/resident/me'>;
  readonly onSaved: () => void;
}

function Name({ me, onSaved }: NameProps) {
  const t = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = useAction(async () => {
    const displayName = name.trim() === '' ? null : name.trim();
    await request('POST /api/resident/me', { body: { displayName } });
    setOpen(false);
    onSaved();
  });
  const open = () => {
    setName(me.displayName ?? '');
    save.clear();
    setOpen(true);
  };
  return (
    <>
      <ListItem
        icon="me"
        title={t('name')}
        hint={me.displayName ?? t('noName')}
        aside={
          <Button ariaLabel={`${t('change')} ${t('name')}`} onTap={open}>
            {t('change')}
          </Button>
        }
      />
      <Sheet
        isOpen={isOpen}
        title={t('name')}
        onClose={() => setOpen(false)}
        foot={
          <Buttons>
            <Button kind="main" busy={save.isBusy} onTap={save.run}>
              {t('save')}
            </Button>
          </Buttons>
        }
      >
        <FormField label={t('name')} hint={t('nameHint')}>
          {(field) => <Input {...field} value={name} maxLength={30} onChange={setName} />}
        </FormField>
        <Failure error={save.failure} />
      </Sheet>
    </>
  );
}
