import type { FastifyRequest } from 'fastify';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { companyOfToken, touchEveryMs } from '../domain/session.ts';
import { liveSession } from '../queries/live-session.ts';
import { hashOfToken, tokenOf } from '../request-token.ts';
import { touchSession } from '../store/session-store.ts';

/** The resident behind a request: `Authorization: Bearer` of a mini-program, or the H5's cookie. */
export async function authenticateResident(
  deps: Pick<Deps, 'db' | 'clock'>,
  request: FastifyRequest,
): Promise<ResidentActor | undefined> {
  const token = tokenOf(request);
  const companyId = token === undefined ? undefined : companyOfToken(token);
  if (token === undefined || companyId === undefined) return undefined;
  const at = deps.clock.now();
  const tokenSha256 = hashOfToken(token);
  const session = await deps.db.read(companyId, (tx) => liveSession(tx, { tokenSha256, at }));
  if (session === undefined) return undefined;
  if (at.getTime() - session.lastSeenAt.getTime() > touchEveryMs) {
    await deps.db.transaction(companyId, (tx) => touchSession(tx, session.sessionId, at));
  }
  const { accountId: id, phoneMasked, language } = session;
  return {
    kind: 'resident',
    companyId,
    id,
    name: auditName(phoneMasked),
    language,
    ip: request.ip,
  };
}

/** Names go into the log of deeds, from which nothing is erased: never what people call themselves. */
export function auditName(phoneMasked: string | null): string {
  return phoneMasked === null ? '住户' : `住户 ${phoneMasked}`;
}
