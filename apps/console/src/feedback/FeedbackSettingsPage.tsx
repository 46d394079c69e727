import { useTranslation } from 'react-i18next';
import { Page } from '../ui/Page.tsx';
import { CannedCard } from './CannedCard.tsx';
import { CategoriesCard } from './CategoriesCard.tsx';
import { HoursCard } from './HoursCard.tsx';
import { LimitCard } from './LimitCard.tsx';
import { RoutingsCard } from './RoutingsCard.tsx';

/** Who gets what by when, and in which words it is answered. */
export function FeedbackSettingsPage() {
  const { t } = useTranslation('feedback');
  return (
    <Page title={t('settings.title')}>
      <CategoriesCard />
      <RoutingsCard />
      <CannedCard />
      <HoursCard />
      <LimitCard />
    </Page>
  );
}
