import type { ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { residentErrors } from '../errors.ts';
import {
  accountOfWallet,
  deleteWallet,
  insertWallet,
  lockAccounts,
} from '../store/account-store.ts';
import { absorb, mayMove } from './link-phone.ts';
import type { KnownWallet } from './wallet-code.ts';

type LinkDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * From now on this wallet signs in to this account. One that has another account is moved only if
 * that account is empty. @throws WALLET_OF_OTHER_ACCOUNT
 */
export function linkWallet(
  deps: LinkDeps,
  { actor, wallet }: { readonly actor: ResidentActor; readonly wallet: KnownWallet },
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const at = deps.clock.now();
    if (await insertWallet(tx, actor.id, { id: newId(at), ...wallet }, at)) {
      const subject = { subjectKind: 'resident', subjectId: actor.id };
      const detail = { scope: wallet.scope };
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'resident.link_wallet',
        ...subject,
        detail,
      });
      return;
    }
    const holderId = await accountOfWallet(tx, wallet);
    if (holderId === actor.id) return;
    const accounts = await lockAccounts(tx, [actor.id, ...(holderId ? [holderId] : [])]);
    const other = accounts.find(({ id }) => id === holderId);
    if (accounts.length !== 2 || !other || !mayMove(other)) {
      throw residentErrors.WALLET_OF_OTHER_ACCOUNT();
    }
    await absorb(tx, deps, { actor, emptyId: other.id, holderId: actor.id });
  });
}

/** @throws RESIDENT_WALLET_NOT_FOUND, LAST_WAY_IN */
export function unlinkWallet(
  deps: LinkDeps,
  { actor, walletId }: { readonly actor: ResidentActor; readonly walletId: string },
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const [own] = await lockAccounts(tx, [actor.id]);
    const isGone = own !== undefined && (await deleteWallet(tx, actor.id, walletId));
    if (!isGone) throw residentErrors.RESIDENT_WALLET_NOT_FOUND();
    if (own.phoneMasked === null && own.wallets <= 1) throw residentErrors.LAST_WAY_IN();
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'resident.unlink_wallet',
      subjectKind: 'resident',
      subjectId: actor.id,
    });
  });
}
