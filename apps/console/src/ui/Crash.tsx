import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from './Page.tsx';

/** Stands in for a page whose code failed, for instance after a new version was installed. */
export function Crash() {
  const { t } = useTranslation();
  return (
    <Page title={t('failure.crash')} intro={t('failure.crashHint')}>
      <div>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      </div>
    </Page>
  );
}
