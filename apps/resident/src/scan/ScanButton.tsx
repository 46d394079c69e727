import { useState } from 'react';
import { canScan, go, scan } from '#platform';
import { Button } from '#ui';
import { useTexts } from '../i18n/index.ts';
import { Notice } from '../ui/index.ts';
import { placeOfCode } from './place-of-code.ts';
import { texts } from './texts.ts';

/** Opens the camera on a printed code; nothing where the app cannot. */
export function ScanButton() {
  const t = useTexts(texts);
  const [isStrange, setStrange] = useState(false);
  if (!canScan()) return null;
  const run = async () => {
    setStrange(false);
    const text = await scan();
    if (text === undefined) return;
    const place = placeOfCode(text);
    if (place) go(place.page, { code: place.code });
    else setStrange(true);
  };
  return (
    <>
      <Button kind="plain" onTap={() => void run()}>
        {t('scan')}
      </Button>
      {isStrange && (
        <Notice kind="warning" title={t('strange')}>
          {t('strangeHint')}
        </Notice>
      )}
    </>
  );
}
