import { useState } from 'react';
import { keepSession, replace } from '#platform';
import { Button, Checkbox, Page, Text } from '#ui';
import { request } from '../../api/index.ts';
import { forgetAnswers, useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Card, Confirm, Failure, Hint, List, ListItem, Loaded, Notice } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 注销账号: what is erased, what ends, what the law keeps; then twice asked. */
export default function AccountClosePage() {
  const t = useTexts(texts);
  const me = useRead('GET /api/resident/me', {});
  return (
    <Page title={t('title')}>
      <Notice kind="warning">{t('intro')}</Notice>
      <Loaded read={me}>
        {({ homes }) => (
          <>
            <Card title={t('erased')}>
              <List label={t('erased')}>
                {(['erased1', 'erased2', 'erased3', 'erased4'] as const).map((key) => (
                  <ListItem key={key} title={t(key)} />
                ))}
              </List>
            </Card>
            <Card title={t('ends')}>
              <Text>{homes === 0 ? t('ends0') : t('ends1', { count: homes })}</Text>
            </Card>
            <Card title={t('kept')}>
              <List label={t('kept')}>
                {(['kept1', 'kept2', 'kept3'] as const).map((key) => (
                  <ListItem key={key} title={t(key)} />
                ))}
              </List>
              <Hint>{t('keptHow')}</Hint>
              <Hint>{t('home')}</Hint>
            </Card>
            <Close />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Close() {
  const t = useTexts(texts);
  const [isRead, setRead] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const close = useAction(async () => {
    await request('POST /api/resident/me/close', { body: { confirm: true } });
    keepSession(undefined);
    forgetAnswers();
    replace('sign-in');
  });
  return (
    <>
      <Checkbox checked={isRead} onChange={setRead}>
        {t('understood')}
      </Checkbox>
      <Button kind="danger" disabled={!isRead} onTap={() => setAsking(true)}>
        {t('close')}
      </Button>
      {!isRead && <Hint>{t('mustTick')}</Hint>}
      <Confirm
        isOpen={isAsking}
        title={t('sureTitle')}
        action={t('close')}
        isDangerous
        isBusy={close.isBusy}
        onConfirm={close.run}
        onClose={() => setAsking(false)}
      >
        <Failure error={close.failure} />
        <Text>{t('sureWhat')}</Text>
      </Confirm>
    </>
  );
}
