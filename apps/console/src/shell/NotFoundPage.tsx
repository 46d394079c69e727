import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../paths.ts';
import { Page } from '../ui/Page.tsx';

export function NotFoundPage() {
  const { t } = useTranslation('shell');
  return (
    <Page title={t('notFound')} intro={t('notFoundHint')}>
      <Link to={paths.today()}>{t('toToday')}</Link>
    </Page>
  );
}
