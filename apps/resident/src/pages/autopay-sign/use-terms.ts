import { useEffect, useState } from 'react';
import { type Answer, type Body, isSignedOut, request } from '../../api/index.ts';

export type Wish = Body<'POST /api/resident/autopay/terms'>;
type Lines = Answer<'POST /api/resident/autopay/terms'>['lines'];

/** What is agreed to with a wish, or why the wish cannot be had. */
export function useTerms(wish: Wish): { readonly lines?: Lines; readonly failure?: unknown } {
  const [answer, setAnswer] = useState<{ readonly lines?: Lines; readonly failure?: unknown }>({});
  const text = JSON.stringify(wish);
  useEffect(() => {
    let isOver = false;
    const tell = (next: typeof answer) => {
      if (!isOver) setAnswer(next);
    };
    request('POST /api/resident/autopay/terms', { body: JSON.parse(text) as Wish }).then(
      ({ lines }) => tell({ lines }),
      (failure: unknown) => {
        if (!isSignedOut(failure)) tell({ failure });
      },
    );
    return () => {
      isOver = true;
    };
  }, [text]);
  return answer;
}
