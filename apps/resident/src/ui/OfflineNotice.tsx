import { useEffect, useState } from 'react';
import { isOnline, onNetwork } from '#platform';
import { useTexts } from '../i18n/index.ts';
import { Notice } from './Notice.tsx';
import { uiTexts } from './texts.ts';

export function useOnline(): boolean {
  const [online, setOnline] = useState(isOnline);
  useEffect(() => onNetwork(setOnline), []);
  return online;
}

/** Stands on every page while the device knows that it has no network. */
export function OfflineNotice() {
  const t = useTexts(uiTexts);
  if (useOnline()) return null;
  return (
    <Notice kind="warning" title={t('offline')}>
      {t('offlineHint')}
    </Notice>
  );
}
