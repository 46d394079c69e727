import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { mostHomes, mostPeople } from '../domain/limits.ts';
import { isAtLeast } from '../domain/role.ts';
import { residentErrors } from '../errors.ts';
import { type Home, homesOf } from '../queries/homes.ts';
import { lockAccounts } from '../store/account-store.ts';
import {
  countBindings,
  currentBinding,
  endBindings,
  insertBinding,
  type NewBinding,
} from '../store/binding-store.ts';

export type Grant = Omit<NewBinding, 'id'> & {
  /** Who does it: the resident, or staff. */
  readonly actor: Actor;
  /** Told to whoever looks at the log. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

/**
 * Binds a home to an account, in the caller's transaction. Who has the home already with the same
 * or a stronger role keeps it; a stronger one replaces the weaker.
 * @returns whether it was new @throws TOO_MANY_HOMES, TOO_MANY_PEOPLE
 */
export async function bindHome(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { actor, detail, ...grant }: Grant,
): Promise<{ readonly isNew: boolean }> {
  const { accountId, unitId, role, boundBy } = grant;
  const [account] = await lockAccounts(tx, [accountId]);
  if (!account) throw residentErrors.RESIDENT_NOT_FOUND();
  const known = await currentBinding(tx, grant);
  if (known && isAtLeast(known.role, role)) return { isNew: false };
  const at = deps.clock.now();
  if (known) {
    const ending = { endedBy: `${actor.kind}/${actor.id}`, reason: 'replaced' };
    await endBindings(tx, [known.id], ending, at);
  }
  const { homes, people } = await countBindings(tx, grant);
  if (homes >= mostHomes) throw residentErrors.TOO_MANY_HOMES({ values: { most: mostHomes } });
  if (people >= mostPeople) throw residentErrors.TOO_MANY_PEOPLE({ values: { most: mostPeople } });
  const id = newId(at);
  await insertBinding(tx, { id, ...grant }, at);
  await recordAudit(tx, deps.clock, {
    actor,
    action: 'resident.bind',
    subjectKind: 'resident',
    subjectId: accountId,
    detail: { unitId, role, boundBy, ...(known && { before: known.role }), ...detail },
  });
  const payload = { bindingId: id, accountId, unitId, role };
  await publish(tx, deps.clock, { topic: 'resident.bound', payload });
  return { isNew: known === undefined };
}

/** The home as its resident sees it, once it is bound. */
export async function boundHome(tx: Tx, accountId: string, unitId: string): Promise<Home> {
  const homes = await homesOf(tx, accountId);
  const home = homes.find((each) => each.unitId === unitId);
  if (!home) throw residentErrors.HOME_NOT_BOUND();
  return home;
}
