import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../paths.ts';
import { Page } from '../ui/Page.tsx';

/** Instead of a page that the roles of this member of staff do not open. */
export function ForbiddenPage() {
  const { t } = useTranslation('shell');
  return (
    <Page title={t('forbidden')} intro={t('forbiddenHint')}>
      <Link to={paths.today()}>{t('toToday')}</Link>
    </Page>
  );
}
