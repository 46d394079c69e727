import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { loginNameOf } from '../domain/names.ts';
import { absoluteMs, maxAttempts, sessionToken } from '../domain/session.ts';
import { identityErrors } from '../errors.ts';
import { guardKeyOf } from '../guard-key.ts';
import { passwordMatches } from '../passwords.ts';
import { type Credentials, credentialsOf, ownerOfLoginName } from '../queries/sign-in.ts';
import { insertSession, recordSignIn } from '../store/session-store.ts';
import { forgetAttempts, readAttempts } from '../store/sign-in-guard.ts';
import { countAttemptOrRefuse } from './count-attempt.ts';

export interface SignInInput {
  readonly loginName: string;
  readonly password: string;
  readonly ip: string;
  readonly userAgent: string | undefined;
}

/** Where nobody's name is looked up, so that an unknown name takes the same steps. */
const nobody = {
  companyId: '00000000-0000-0000-0000-000000000000',
  staffId: '00000000-0000-0000-0000-000000000000',
};

/**
 * Begins a session. An unknown name and a wrong password are told apart neither by the answer,
 * nor by the lock, nor by the time it takes.
 * @returns the token for the cookie; only its hash is kept
 * @throws SIGN_IN_FAILED, SIGN_IN_LOCKED, STAFF_DISABLED
 */
export async function signIn(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: SignInInput,
): Promise<{ companyId: string; token: string }> {
  const loginName = loginNameOf(input.loginName);
  const guard = guardKeyOf(loginName);
  await countAttemptOrRefuse(deps, guard);
  const owner = (await ownerOfLoginName(deps.db.global, loginName)) ?? nobody;
  const { companyId } = owner;
  const person = await deps.db.read(companyId, (tx) => credentialsOf(tx, owner.staffId));
  if (!(await passwordMatches(person?.passwordHash, input.password)) || person === undefined) {
    await recordLock(deps, { owner, guard, person, ip: input.ip });
    throw identityErrors.SIGN_IN_FAILED();
  }
  if (person.state !== 'active') throw identityErrors.STAFF_DISABLED();
  await forgetAttempts(deps.db.global, guard);
  const token = await deps.db.transaction(companyId, (tx) =>
    beginSession(tx, deps, { ...input, person }),
  );
  return { companyId, token };
}

/** Inserts a session and its audit entry. @returns the token */
export async function beginSession(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  input: {
    person: Pick<Credentials, 'staffId' | 'displayName'>;
    ip: string;
    userAgent: string | undefined;
  },
): Promise<string> {
  const { person, ip } = input;
  const at = deps.clock.now();
  const token = sessionToken(tx.companyId, randomBytes(32));
  await insertSession(tx, {
    id: newId(at),
    staffId: person.staffId,
    tokenSha256: hashOfToken(token),
    createdAt: at,
    expiresAt: new Date(at.getTime() + absoluteMs),
    ip,
    userAgent: input.userAgent?.slice(0, 200) ?? null,
  });
  await recordSignIn(tx, person.staffId, at);
  await recordAudit(tx, deps.clock, {
    actor: asActor(tx.companyId, person, ip),
    action: 'identity.sign_in',
    subjectKind: 'staff',
    subjectId: person.staffId,
  });
  return token;
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The attempt that locks a name is worth an entry; the others would only fill the log. */
async function recordLock(
  deps: Pick<Deps, 'db' | 'clock'>,
  failed: {
    owner: { companyId: string };
    guard: Buffer;
    person: Credentials | undefined;
    ip: string;
  },
): Promise<void> {
  const { owner, person, ip } = failed;
  if (person === undefined) return;
  const attempts = await readAttempts(deps.db.global, failed.guard);
  if (attempts?.attempts !== maxAttempts) return;
  await deps.db.transaction(owner.companyId, (tx) =>
    recordAudit(tx, deps.clock, {
      actor: asActor(owner.companyId, person, ip),
      action: 'identity.sign_in_locked',
      subjectKind: 'staff',
      subjectId: person.staffId,
      detail: { attempts: maxAttempts },
    }),
  );
}

function asActor(
  companyId: string,
  person: Pick<Credentials, 'staffId' | 'displayName'>,
  ip: string,
): Actor {
  const { staffId: id, displayName: name } = person;
  return { kind: 'staff', companyId, id, name, permissions: new Set(), ip };
}
