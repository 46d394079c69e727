import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Page } from './Page.tsx';
import { reloadIfServed } from './reload.ts';

/** Stands in for a page whose code failed, or did not arrive. */
export function Crash() {
  const { t } = useTranslation();
  const isMissing = isLoadFailure(useRouteError());
  return (
    <Page
      title={t(isMissing ? 'failure.network' : 'failure.crash')}
      intro={t(isMissing ? 'failure.pageHint' : 'failure.crashHint')}
    >
      <div>
        <Button type="primary" onClick={() => void reloadIfServed()}>
          {t('reload')}
        </Button>
      </div>
    </Page>
  );
}

/** Every browser has words of its own for code that could not be fetched. */
function isLoadFailure(error: unknown): boolean {
  return error instanceof TypeError && /import|module/i.test(error.message);
}
