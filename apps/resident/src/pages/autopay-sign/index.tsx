import { surface } from '#platform';
import { Link, Page } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Empty, Loaded } from '../../ui/index.ts';
import { SignForm } from './SignForm.tsx';
import { texts } from './texts.ts';

/** 开通: from which wallet, for what, how much at most; then the agreement, then the wallet. */
export default function AutopaySignPage() {
  const t = useTexts(texts);
  const options = useRead('GET /api/resident/autopay/options', { query: { surface } });
  if (options.data && options.data.options.length > 0) return <SignForm {...options.data} />;
  return (
    <Page title={t('title')}>
      <Loaded read={options}>
        {() => (
          <Empty icon="waiting" title={t('cannot')} hint={t('cannotHint')}>
            <Link to="bind">{t('bindHome')}</Link>
          </Empty>
        )}
      </Loaded>
    </Page>
  );
}
