import { useState } from 'react';
import { storage } from '#platform';
import { Button, Link, Text, View } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { texts } from './texts.ts';

/** Offers the tour once; it lies in the page and covers nothing. */
export function TourCard() {
  const t = useTexts(texts);
  const [isNew, setNew] = useState(() => storage.read('tour') === undefined);
  if (!isNew) return null;
  const skip = () => {
    storage.write('tour', 'skipped');
    setNew(false);
  };
  return (
    <View className="card bills-tour">
      <Text>{t('tour')}</Text>
      <View className="bills-tour-choices">
        <Link to="tour">{t('tourSee')}</Link>
        <Button kind="plain" onTap={skip}>
          {t('tourSkip')}
        </Button>
      </View>
    </View>
  );
}
