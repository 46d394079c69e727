import type { AutopayMandate } from '@wuye-pay/contract';
import { useCallback, useEffect, useState } from 'react';
import { useShow } from '#platform';
import { isSignedOut, request } from '../../api/index.ts';

/** Our own books are looked at so often while the wallet's news are on their way, and so many times. */
const pollMs = 3000;
const mostPolls = 20;

/** What became of a signature: the wallet is asked on coming back to the page, and on request. */
export function useSignature(mandateId: string) {
  const [mandate, setMandate] = useState<AutopayMandate>();
  const [failure, setFailure] = useState<unknown>();
  const [isAsking, setAsking] = useState(true);
  const [polls, setPolls] = useState(0);
  const params = { mandateId };

  const ask = useCallback(() => {
    setAsking(true);
    request('POST /api/resident/autopay/:mandateId/check', { params: { mandateId } })
      .then(
        (now) => {
          setMandate(now);
          setFailure(undefined);
          setPolls(0);
        },
        (error: unknown) => !isSignedOut(error) && setFailure(error),
      )
      .finally(() => setAsking(false));
  }, [mandateId]);
  useShow(ask);

  const isOpen = mandate?.state === 'requested' && polls < mostPolls;
  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = setTimeout(() => {
      request('GET /api/resident/autopay/:mandateId', { params })
        .then(setMandate, () => undefined)
        .finally(() => setPolls(polls + 1));
    }, pollMs);
    return () => clearTimeout(timer);
  });
  return { mandate, failure, isAsking, ask };
}
