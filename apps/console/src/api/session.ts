import { type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { showTimesOf } from '../ui/format.ts';
import { type Answer, call } from './client.ts';
import { isSignedOut } from './failure.ts';

export interface Session {
  readonly staffId: string;
  readonly staffName: string;
  readonly companyName: string;
  readonly shortCode: string;
  /** Demo data and the gateway simulator are on. */
  readonly isDemo: boolean;
  readonly permissions: ReadonlySet<string>;
  can(permission: string): boolean;
}

const sessionKey = ['session'];
const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

/** Who is signed in; null when nobody is. */
export function useSessionQuery(): UseQueryResult<Session | null> {
  return useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000 });
}

/** The member of staff of every page inside the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this page stands outside the shell');
  return session;
}

export function keepSession(client: QueryClient, answer: Answer<'GET /api/session'>): void {
  client.setQueryData(sessionKey, sessionOf(answer));
}

/** Nobody is signed in any more: nothing that was read stays in memory. */
export function forgetSession(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  client.setQueryData(sessionKey, null);
}

async function readSession(): Promise<Session | null> {
  try {
    return sessionOf(await call('GET /api/session', {}));
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

function sessionOf(answer: Answer<'GET /api/session'>): Session {
  showTimesOf(answer.company.timeZone);
  const permissions = new Set<string>(answer.permissions);
  return {
    staffId: answer.staffId,
    staffName: answer.displayName,
    companyName: answer.company.name,
    shortCode: answer.company.shortCode,
    isDemo: answer.demo,
    permissions,
    can: (permission) => permissions.has(permission),
  };
}
