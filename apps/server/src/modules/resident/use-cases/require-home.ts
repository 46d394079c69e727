import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { residentErrors } from '../errors.ts';
import { type Home, homesOf } from '../queries/homes.ts';

/**
 * The wrong-home guard of every route that names a unit.
 * @throws HOME_NOT_BOUND, also for a home that does not exist
 */
export async function requireHome(tx: Tx, actor: ResidentActor, unitId: string): Promise<Home> {
  const homes = await homesOf(tx, actor.id);
  const home = homes.find((each) => each.unitId === unitId);
  if (!home) throw residentErrors.HOME_NOT_BOUND();
  return home;
}

/**
 * The same where more is shown than open bills: history, receipts, people, tickets of others.
 * @throws HOME_NOT_BOUND, HOME_FOR_PAYING_ONLY
 */
export async function requireHousehold(
  tx: Tx,
  actor: ResidentActor,
  unitId: string,
): Promise<Home> {
  const home = await requireHome(tx, actor, unitId);
  if (home.role === 'payer') throw residentErrors.HOME_FOR_PAYING_ONLY();
  return home;
}
