import { back } from '#platform';
import { Page, Text } from '#ui';
import { forgetAnswers, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { ProvePhone } from '../../sign-in/index.ts';
import { Card, Facts, Hint, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 手机号: which one signs in, and another one in its place. */
export default function AccountPhonePage() {
  const t = useTexts(texts);
  const me = useRead('GET /api/resident/me', {});
  return (
    <Page title={t('title')}>
      <Loaded read={me}>
        {({ phoneMasked }) => (
          <>
            <Facts items={[{ label: t('now'), value: phoneMasked ?? t('none') }]} />
            <Hint>{t('hint')}</Hint>
            {phoneMasked !== null && <Text>{t('change')}</Text>}
          </>
        )}
      </Loaded>
      <Card>
        <ProvePhone
          onLinked={() => {
            forgetAnswers();
            back();
          }}
        />
      </Card>
    </Page>
  );
}
