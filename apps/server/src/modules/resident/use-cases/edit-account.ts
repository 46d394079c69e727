import type { ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { mostDevices } from '../domain/limits.ts';
import { residentErrors } from '../errors.ts';
import { hashOfToken } from '../request-token.ts';
import {
  type AccountChange,
  eraseAccount,
  lockAccounts,
  setEmail,
  updateAccount,
} from '../store/account-store.ts';
import { eraseApplications } from '../store/application-store.ts';
import { deleteCodesOf } from '../store/code-store.ts';
import { deleteDevice, dropOldDevices, saveDevice } from '../store/device-store.ts';
import { endSession, endSessionOfToken, endSessions } from '../store/session-store.ts';
import { endBindingsOf } from './end-binding.ts';
import { withCode } from './prove-code.ts';

type EditDeps = Pick<Deps, 'db' | 'clock'>;
type WithActor<More> = { readonly actor: ResidentActor } & Readonly<More>;

export function editAccount(
  deps: Pick<Deps, 'db'>,
  { actor, change }: WithActor<{ change: AccountChange }>,
): Promise<void> {
  const { displayName } = change;
  const name = displayName?.normalize('NFKC').trim() || null;
  const tidy = displayName === undefined ? change : { ...change, displayName: name };
  return deps.db.transaction(actor.companyId, (tx) => updateAccount(tx, actor.id, tidy));
}

/** @throws CODE_WRONG, CODE_TRIED_TOO_OFTEN */
export function linkEmail(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  { actor, codeId, code, ip }: WithActor<{ codeId: string; code: string; ip: string }>,
): Promise<void> {
  const { companyId, id: accountId } = actor;
  const typed = { companyId, id: codeId, kind: 'email', accountId, code, ip } as const;
  return withCode(deps, typed, async (tx, { toCipher: cipher, toMasked: masked }) => {
    await setEmail(tx, accountId, { cipher, masked }, deps.clock.now());
    await tell(tx, deps, actor, 'resident.link_email', { email: masked });
  });
}

export function forgetEmail(deps: EditDeps, actor: ResidentActor): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    await setEmail(tx, actor.id, null, deps.clock.now());
    await tell(tx, deps, actor, 'resident.forget_email');
  });
}

/** Erases what is personal and ends every access; bills, payments and the log of deeds stay. */
export function closeAccount(deps: EditDeps, actor: ResidentActor): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const [own] = await lockAccounts(tx, [actor.id]);
    if (!own) throw residentErrors.RESIDENT_NOT_FOUND();
    const at = deps.clock.now();
    await endBindingsOf(tx, deps, { actor, accountId: actor.id, reason: 'account-closed' });
    await endSessions(tx, { accountId: actor.id, but: null }, at);
    await eraseApplications(tx, actor.id, at);
    await deleteCodesOf(tx, actor.id);
    await eraseAccount(tx, actor.id, at);
    await tell(tx, deps, actor, 'resident.close');
    const payload = { accountId: actor.id };
    await publish(tx, deps.clock, { topic: 'resident.account_closed', payload });
  });
}

export function signOut(
  deps: EditDeps,
  { actor, token }: WithActor<{ token: string }>,
): Promise<void> {
  return deps.db.transaction(actor.companyId, (tx) =>
    endSessionOfToken(tx, hashOfToken(token), deps.clock.now()),
  );
}

/** @throws RESIDENT_SESSION_NOT_FOUND */
export function endOneSession(
  deps: EditDeps,
  { actor, sessionId }: WithActor<{ sessionId: string }>,
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const ended = await endSession(tx, { accountId: actor.id, sessionId }, deps.clock.now());
    if (!ended) throw residentErrors.RESIDENT_SESSION_NOT_FOUND();
    await tell(tx, deps, actor, 'resident.end_sessions', { ended: 1 });
  });
}

export function endOtherSessions(
  deps: EditDeps,
  { actor, token }: WithActor<{ token: string }>,
): Promise<number> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const input = { accountId: actor.id, but: hashOfToken(token) };
    const ended = await endSessions(tx, input, deps.clock.now());
    if (ended > 0) await tell(tx, deps, actor, 'resident.end_sessions', { ended });
    return ended;
  });
}

/** Where pushes go from now on. */
export function registerDevice(
  deps: EditDeps,
  { actor, ...device }: WithActor<{ provider: 'jpush' | 'getui'; token: string }>,
): Promise<string> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const at = deps.clock.now();
    const saved = { id: newId(at), accountId: actor.id, ...device };
    const id = await saveDevice(tx, saved, at);
    await dropOldDevices(tx, actor.id, mostDevices);
    return id;
  });
}

/** @throws DEVICE_NOT_FOUND */
export function forgetDevice(
  deps: EditDeps,
  { actor, deviceId }: WithActor<{ deviceId: string }>,
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const isGone = await deleteDevice(tx, actor.id, deviceId);
    if (!isGone) throw residentErrors.DEVICE_NOT_FOUND();
  });
}

async function tell(
  tx: Tx,
  deps: EditDeps,
  actor: ResidentActor,
  action: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const subject = { subjectKind: 'resident', subjectId: actor.id };
  await recordAudit(tx, deps.clock, { actor, action, ...subject, detail });
}
