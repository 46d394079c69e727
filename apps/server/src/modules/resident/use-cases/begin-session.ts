import { randomBytes } from 'node:crypto';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { absoluteMs, type Surface, sessionToken } from '../domain/session.ts';
import { hashOfToken } from '../request-token.ts';
import { insertSession } from '../store/session-store.ts';

/** @returns the token, of which only the hash is kept */
export async function beginSession(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  input: {
    readonly accountId: string;
    readonly surface: Surface;
    readonly ip: string | undefined;
    readonly userAgent: string | undefined;
  },
): Promise<string> {
  const at = deps.clock.now();
  const token = sessionToken(tx.companyId, randomBytes(32));
  await insertSession(tx, {
    id: newId(at),
    accountId: input.accountId,
    tokenSha256: hashOfToken(token),
    surface: input.surface,
    createdAt: at,
    expiresAt: new Date(at.getTime() + absoluteMs),
    ip: input.ip ?? null,
    userAgent: input.userAgent?.slice(0, 200) ?? null,
  });
  return token;
}
