import type { FastifyRequest } from 'fastify';
import type { StaffActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { companyOfToken, idleMs, sessionCookie, touchEveryMs } from '../domain/session.ts';
import { liveSession } from '../queries/sign-in.ts';
import { touchSession } from '../store/session-store.ts';
import { hashOfToken } from './sign-in.ts';

/** The member of staff behind a request's session cookie, with what the roles allow now. */
export async function authenticate(
  deps: Pick<Deps, 'db' | 'clock'>,
  request: FastifyRequest,
): Promise<StaffActor | undefined> {
  const token = request.cookies[sessionCookie];
  const companyId = token === undefined ? undefined : companyOfToken(token);
  if (token === undefined || companyId === undefined) return undefined;
  const at = deps.clock.now();
  const tokenSha256 = hashOfToken(token);
  const seenAfter = new Date(at.getTime() - idleMs);
  const session = await deps.db.read(companyId, (tx) =>
    liveSession(tx, { tokenSha256, at, seenAfter }),
  );
  if (session === undefined) return undefined;
  if (at.getTime() - session.lastSeenAt.getTime() > touchEveryMs) {
    await deps.db.transaction(companyId, (tx) => touchSession(tx, session.sessionId, at));
  }
  return {
    kind: 'staff',
    companyId,
    id: session.staffId,
    name: session.displayName,
    permissions: new Set(session.permissions),
    timeZone: session.timeZone,
    ip: request.ip,
  };
}
