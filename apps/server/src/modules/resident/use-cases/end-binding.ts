import type { Actor, ResidentActor, StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { residentErrors } from '../errors.ts';
import { peopleOfHome } from '../queries/homes.ts';
import {
  type CurrentBinding,
  endBindings,
  guestsOf,
  lockBindingsOf,
} from '../store/binding-store.ts';
import { revokeInvitationsOf } from '../store/invitation-store.ts';
import { requireHome } from './require-home.ts';

type EndDeps = Pick<Deps, 'db' | 'clock'>;

/** Why an access ended. Words of staff stand as they are. */
export type EndReason = 'left' | 'removed-by-owner' | 'account-closed' | 'moved-out' | 'host-left';

interface EndInput {
  readonly actor: Actor;
  readonly bindingIds: readonly string[];
  readonly reason: string;
}

/**
 * Ends bindings, and with an owner's those of whoever the owner let in, at once: the next request
 * finds no home. Sessions go on.
 */
export async function endAccess(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { actor, bindingIds, reason }: EndInput,
): Promise<number> {
  const at = deps.clock.now();
  const endedBy = `${actor.kind}/${actor.id}`;
  const ended = await endBindings(tx, bindingIds, { endedBy, reason }, at);
  const owners = ended.filter(({ role }) => role === 'owner');
  const hosted: CurrentBinding[] = [];
  if (owners.length > 0) {
    await revokeInvitationsOf(tx, owners, at);
    const guests = await guestsOf(tx, owners);
    hosted.push(...(await endBindings(tx, guests, { endedBy, reason: 'host-left' }, at)));
  }
  for (const binding of ended) await tell(tx, deps, actor, binding, reason);
  for (const binding of hosted) await tell(tx, deps, actor, binding, 'host-left');
  return ended.length + hosted.length;
}

/** All homes of an account that is closed. */
export async function endBindingsOf(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  input: { readonly actor: Actor; readonly accountId: string; readonly reason: EndReason },
): Promise<void> {
  const bindings = await lockBindingsOf(tx, input.accountId);
  const bindingIds = bindings.map(({ id }) => id);
  await endAccess(tx, deps, { actor: input.actor, bindingIds, reason: input.reason });
}

export interface EndByResident {
  readonly actor: ResidentActor;
  readonly unitId: string;
  readonly bindingId: string;
}

/**
 * Everybody may leave; an owner ends the access of everybody but other owners, who came by the
 * house list or by the office, and go by it.
 * @throws HOME_NOT_BOUND, HOME_OWNER_ONLY, PERSON_OF_HOME_NOT_FOUND, OWNER_BY_OFFICE_ONLY
 */
export function endPersonOfHome(deps: EndDeps, input: EndByResident): Promise<void> {
  const { actor, unitId, bindingId } = input;
  return deps.db.transaction(actor.companyId, async (tx) => {
    const home = await requireHome(tx, actor, unitId);
    const isOwn = home.bindingId === bindingId;
    if (!isOwn && home.role !== 'owner') throw residentErrors.HOME_OWNER_ONLY();
    const people = await peopleOfHome(tx, unitId);
    const person = people.find((each) => each.bindingId === bindingId);
    if (!person) throw residentErrors.PERSON_OF_HOME_NOT_FOUND();
    if (!isOwn && person.role === 'owner') throw residentErrors.OWNER_BY_OFFICE_ONLY();
    const reason: EndReason = isOwn ? 'left' : 'removed-by-owner';
    await endAccess(tx, deps, { actor, bindingIds: [bindingId], reason });
  });
}

export interface EndByStaff {
  readonly actor: StaffActor;
  readonly residentId: string;
  readonly bindingId: string;
  readonly reason: string;
}

/** @throws PERSON_OF_HOME_NOT_FOUND */
export function endByStaff(deps: EndDeps, input: EndByStaff): Promise<void> {
  const { actor, residentId, bindingId, reason } = input;
  return deps.db.transaction(actor.companyId, async (tx) => {
    const bindings = await lockBindingsOf(tx, residentId);
    if (!bindings.some(({ id }) => id === bindingId)) {
      throw residentErrors.PERSON_OF_HOME_NOT_FOUND();
    }
    await endAccess(tx, deps, { actor, bindingIds: [bindingId], reason });
  });
}

async function tell(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: Actor,
  { id: bindingId, accountId, unitId, role }: CurrentBinding,
  reason: string,
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    actor,
    action: 'resident.end_binding',
    subjectKind: 'resident',
    subjectId: accountId,
    detail: { unitId, role, reason },
  });
  const payload = { bindingId, accountId, unitId, role };
  await publish(tx, deps.clock, { topic: 'resident.unbound', payload });
}
