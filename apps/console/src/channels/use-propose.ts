import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';

type Outcome = Answer<'POST /api/merchant-accounts'>;

/** Tells what came of a change: it waits for a second person, or counts already. */
export function useTellOutcome(): (outcome: Outcome) => void {
  const { t } = useTranslation('channels');
  const { message } = App.useApp();
  return useCallback(
    ({ state, isAlone }) => {
      if (state === 'waiting') void message.info(t('waiting'));
      else if (isAlone) void message.warning(t('appliedAlone'));
      else void message.success(t('applied'));
    },
    [message, t],
  );
}
