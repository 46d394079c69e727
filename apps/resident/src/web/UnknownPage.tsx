import { Link, Page } from '#ui';
import { useTexts } from '../i18n/index.ts';
import { Empty } from '../ui/index.ts';
import { uiTexts } from '../ui/texts.ts';

export function UnknownPage() {
  const t = useTexts(uiTexts);
  return (
    <Page title={t('unknownPage')}>
      <Empty icon="help" title={t('unknownPage')} hint={t('unknownPageHint')}>
        <Link to="bills">{t('toBills')}</Link>
      </Empty>
    </Page>
  );
}
