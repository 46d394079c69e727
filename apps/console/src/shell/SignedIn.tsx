import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { isSignedOut } from '../api/failure.ts';
import { SessionProvider, useSessionQuery } from '../api/session.ts';
import { paths } from '../paths.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';

/** Lets in who is signed in; others sign in first and come back to where they wanted to go. */
export function SignedIn() {
  const { t } = useTranslation();
  const session = useSessionQuery();
  const { pathname, search } = useLocation();
  if (session.data === null || isSignedOut(session.error)) {
    const wanted = pathname + search;
    const query = wanted === '/' ? '' : `?next=${encodeURIComponent(wanted)}`;
    return <Navigate to={paths.signIn() + query} replace />;
  }
  if (session.data) {
    return (
      <SessionProvider value={session.data}>
        <Outlet />
      </SessionProvider>
    );
  }
  if (session.isError) {
    return (
      <main style={{ maxWidth: 560, margin: '10vh auto', padding: 16 }}>
        <FailureNotice error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  return <Spin description={t('loading')} fullscreen />;
}
