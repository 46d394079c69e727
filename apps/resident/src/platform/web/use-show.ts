import { useEffect, useRef } from 'react';

/** On arriving, and on coming back to the browser from a wallet or another app. */
export function useShow(onShow: () => void): void {
  const latest = useRef(onShow);
  useEffect(() => {
    latest.current = onShow;
  });
  useEffect(() => {
    const show = () => {
      if (document.visibilityState === 'visible') latest.current();
    };
    const restored = ({ persisted }: PageTransitionEvent) => {
      if (persisted) latest.current();
    };
    latest.current();
    document.addEventListener('visibilitychange', show);
    addEventListener('pageshow', restored);
    return () => {
      document.removeEventListener('visibilitychange', show);
      removeEventListener('pageshow', restored);
    };
  }, []);
}
