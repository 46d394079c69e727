import type { HomeOffer } from '@wuye-pay/contract';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type HomeOnFile, homesOfPhone } from '../../estate/index.ts';
import { isAtLeast } from '../domain/role.ts';
import { residentErrors } from '../errors.ts';
import { todayOf } from '../queries/contacts.ts';
import { type Home, homesOf } from '../queries/homes.ts';
import { opened } from '../secrets.ts';
import { lockAccounts } from '../store/account-store.ts';
import { bindHome } from './bind-home.ts';

type OfferDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

/** Homes that the house list names with the account's phone and that it does not have yet. */
export function offersOf(deps: OfferDeps, actor: ResidentActor): Promise<{ items: HomeOffer[] }> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const [onFile, homes] = [await onFileOf(tx, deps, actor), await homesOf(tx, actor.id)];
    const open = onFile.filter(({ unitId, role }) => {
      const known = homes.find((home) => home.unitId === unitId);
      return !known || !isAtLeast(known.role, role);
    });
    return {
      items: open.map(({ unitId, communityName, label, role }) => ({
        unitId,
        communityName,
        label,
        role,
      })),
    };
  });
}

/** Takes offers. @throws HOME_NOT_MATCHED for a home that was not offered */
export function bindByPhone(
  deps: OfferDeps,
  { actor, unitIds }: { readonly actor: ResidentActor; readonly unitIds: readonly string[] },
): Promise<readonly Home[]> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const onFile = await onFileOf(tx, deps, actor);
    for (const unitId of unitIds) {
      const offer = onFile.find((each) => each.unitId === unitId);
      if (!offer) throw residentErrors.HOME_NOT_MATCHED();
      const { personId, role } = offer;
      const grant = { accountId: actor.id, unitId, personId, role, boundBy: 'phone' } as const;
      await bindHome(tx, deps, { ...grant, actor });
    }
    return await homesOf(tx, actor.id);
  });
}

async function onFileOf(
  tx: Tx,
  deps: OfferDeps,
  actor: ResidentActor,
): Promise<readonly HomeOnFile[]> {
  const [own] = await lockAccounts(tx, [actor.id]);
  if (!own?.phoneCipher) return [];
  const phone = opened(deps.secrets, tx.companyId, 'phone', own.phoneCipher);
  const day = await todayOf(tx, deps.clock.now());
  return await homesOfPhone(tx, deps.secrets, { phone, day });
}
