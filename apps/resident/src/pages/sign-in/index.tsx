import { Page } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { Empty } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** Where whoever is not signed in is led; `back` says where they were. */
export default function SignInPage() {
  const t = useTexts(texts);
  return (
    <Page title={t('title')} hasNoBack>
      <Empty icon="me" title={t('title')} hint={t('hint')} />
    </Page>
  );
}
