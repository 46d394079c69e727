import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { occupantOfName } from '../../estate/index.ts';
import { numberLimits } from '../domain/limits.ts';
import { isSameDoor } from '../domain/same-door.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { todayOf } from '../queries/contacts.ts';
import type { GivenRole, Home } from '../queries/homes.ts';
import { doorOf } from '../queries/places.ts';
import { bindHome, boundHome } from './bind-home.ts';
import { addressKey, countAttempt } from './count-attempt.ts';
import { tellOwners } from './tell-owners.ts';

export interface NumberInput {
  readonly actor: ResidentActor;
  readonly accountNumber: string;
  readonly doorNo: string;
  readonly name: string;
  readonly role: GivenRole;
  readonly ip: string;
}

/** Where no unit was found, so that the same steps are taken. */
const nowhere = '00000000-0000-0000-0000-000000000000';

/**
 * By the number on the printed notice, the door and the name of somebody who lives there. It shows
 * that somebody belongs to a home, not that it is theirs: never an owner.
 * @throws HOME_NOT_MATCHED whatever was wrong, NUMBER_TRIED_TOO_OFTEN
 */
export async function bindByNumber(deps: ResidentDeps, input: NumberInput): Promise<Home> {
  const { actor, role } = input;
  const { companyId, id: accountId } = actor;
  await countOrRefuse(deps, input);
  return await deps.db.transaction(companyId, async (tx) => {
    const found = await match(tx, deps, input);
    if (!found) throw residentErrors.HOME_NOT_MATCHED();
    const { unitId, personId } = found;
    const boundBy = 'account-number';
    const { isNew } = await bindHome(tx, deps, {
      accountId,
      unitId,
      personId,
      role,
      boundBy,
      actor,
    });
    const home = await boundHome(tx, accountId, unitId);
    if (isNew) await tellOwners(tx, deps, { ...home, accountId, person: actor.name });
    return home;
  });
}

/** Every part is looked at, whether or not another was wrong. */
async function match(tx: Tx, deps: ResidentDeps, { accountNumber, doorNo, name }: NumberInput) {
  const unitId = (await deps.doors.unitOfAccountNumber(tx, accountNumber)) ?? nowhere;
  const door = await doorOf(tx, unitId);
  const day = await todayOf(tx, deps.clock.now());
  const person = await occupantOfName(tx, deps.secrets, { unitId, name, day });
  if (!door || !person || !isSameDoor(doorNo, door)) return undefined;
  return { unitId, personId: person.personId };
}

async function countOrRefuse(deps: ResidentDeps, { actor, accountNumber, ip }: NumberInput) {
  const number = accountNumber.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const seconds = await countAttempt(deps, actor.companyId, [
    { limit: numberLimits.account, key: actor.id },
    { limit: numberLimits.address, key: addressKey(ip) },
    { limit: numberLimits.unit, key: number },
  ]);
  if (seconds === undefined) return;
  throw residentErrors.NUMBER_TRIED_TOO_OFTEN({ values: { hours: Math.ceil(seconds / 3600) } });
}
