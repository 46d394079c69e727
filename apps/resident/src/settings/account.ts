import { useEffect, useState } from 'react';
import { storage } from '#platform';
import { request } from '../api/index.ts';
import { useRead } from '../data/index.ts';
import { changeSettings, settings } from './index.ts';

type Chosen = Parameters<typeof changeSettings>[0];

/** Changes it on this device at once, and on the account, so that other devices begin with it. */
export function changeEverywhere(chosen: Chosen): void {
  changeSettings(chosen);
  storage.write('chosen', '1');
  const { language, isElder } = settings();
  request('POST /api/resident/me', { body: { language, isElder } }, { staysSignedOut: true }).catch(
    (error: unknown) => console.warn('the choice is kept on this device only', error),
  );
}

/** On a device where nobody chose anything yet the account's own choice holds. */
export function useAccountSettings(): void {
  const [isNew] = useState(() => storage.read('chosen') === undefined);
  const { data } = useRead('GET /api/resident/me', {}, { when: isNew });
  useEffect(() => {
    if (!data) return;
    storage.write('chosen', '1');
    const { language, isElder } = settings();
    const isSame = language === data.language && isElder === data.isElder;
    if (!isSame) changeSettings({ language: data.language, isElder: data.isElder });
  }, [data]);
}
