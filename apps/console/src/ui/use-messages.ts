import { App } from 'antd';
import { useMemo } from 'react';
import { useFailureWords } from './failure-words.ts';

interface Messages {
  readonly done: (text: string) => void;
  readonly failed: (error: unknown) => void;
}

/** Messages that pass by: what worked, and what went wrong outside a form. */
export function useMessages(): Messages {
  const { message } = App.useApp();
  const wordsOf = useFailureWords();
  return useMemo(
    () => ({
      done: (text) => void message.success(text),
      failed: (error) => {
        const { title, hint } = wordsOf(error);
        void message.error([title, hint].filter(Boolean).join('。'));
      },
    }),
    [message, wordsOf],
  );
}
