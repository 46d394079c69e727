import { useState } from 'react';
import { back } from '#platform';
import { Button, Page, Text } from '#ui';
import { request } from '../../api/index.ts';
import { forgetAnswers, useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { CodeForm } from '../../sign-in/index.ts';
import { Card, Confirm, Facts, Failure, Hint, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 邮箱: proved by a code that was sent to it, like a phone. */
export default function AccountEmailPage() {
  const t = useTexts(texts);
  const me = useRead('GET /api/resident/me', {});
  const [isAsking, setAsking] = useState(false);
  const remove = useAction(async () => {
    await request('DELETE /api/resident/me/email', {});
    setAsking(false);
    me.reload();
  });
  return (
    <Page title={t('title')}>
      <Loaded read={me}>
        {({ emailMasked }) => (
          <>
            <Facts items={[{ label: t('now'), value: emailMasked ?? t('none') }]} />
            <Hint>{t('hint')}</Hint>
            {emailMasked !== null && <Button onTap={() => setAsking(true)}>{t('remove')}</Button>}
            <Confirm
              isOpen={isAsking}
              title={t('removeTitle')}
              action={t('remove')}
              isDangerous
              isBusy={remove.isBusy}
              onConfirm={remove.run}
              onClose={() => setAsking(false)}
            >
              <Failure error={remove.failure} />
              <Text>{t('removeWhat', { email: emailMasked ?? '' })}</Text>
            </Confirm>
          </>
        )}
      </Loaded>
      <Card>
        <CodeForm
          kind="email"
          action={t('prove')}
          onSend={(address) => request('POST /api/resident/me/email-codes', { body: { address } })}
          onCode={async (codeId, code) => {
            await request('PUT /api/resident/me/email', { body: { codeId, code } });
            forgetAnswers();
            back();
          }}
        />
      </Card>
    </Page>
  );
}
