import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/failure.ts';

export interface FailureWords {
  readonly title: string;
  /** What to do; may be empty. */
  readonly hint: string;
}

/** Words about a failure, in the language of the screen: the server's own, or ours when it is silent. */
export function useFailureWords(): (error: unknown) => FailureWords {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiFailure)) {
        return { title: t('failure.crash'), hint: t('failure.crashHint') };
      }
      if (error.code === 'NETWORK') {
        return { title: t('failure.network'), hint: t('failure.networkHint') };
      }
      if (error.code === 'UNREADABLE') {
        const title = t('failure.unreadable', { status: error.status });
        return { title, hint: t('failure.unreadableHint') };
      }
      return { title: error.message, hint: error.retry ? t('failure.retryHint') : '' };
    },
    [t],
  );
}
