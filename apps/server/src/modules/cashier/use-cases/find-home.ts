import type { Tx } from '../../../platform/database/index.ts';
import { findByRoomCode } from '../../estate/index.ts';
import { shortCodeOf } from '../domain/room-link.ts';
import type { CashierDeps } from '../doors.ts';
import { cashierErrors } from '../errors.ts';
import type { HomeView } from '../page/head.ts';
import { type CompanyView, companyView } from '../queries/company.ts';

export interface Home {
  readonly companyId: string;
  readonly unitId: string;
  readonly communityId: string;
  readonly company: CompanyView;
  readonly view: HomeView;
}

/** The company whose code this might be. @throws ROOM_CODE_UNKNOWN */
export async function companyOfCode(
  deps: CashierDeps,
  code: string,
): Promise<{ readonly companyId: string; readonly shortCode: string }> {
  const shortCode = shortCodeOf(code);
  const found = shortCode && (await deps.doors.companyByShortCode(deps, shortCode));
  if (!found) throw cashierErrors.ROOM_CODE_UNKNOWN();
  return found;
}

/** The home behind a code. @throws ROOM_CODE_UNKNOWN, ROOM_CODE_REPLACED */
export async function findHome(tx: Tx, code: string): Promise<Home> {
  const [room, company] = await Promise.all([findByRoomCode(tx, code), companyView(tx)]);
  if (!room) throw cashierErrors.ROOM_CODE_UNKNOWN();
  if (room.revoked) throw cashierErrors.ROOM_CODE_REPLACED();
  const { unitId, communityId, communityName, unitLabel, ownerMasked, service } = room;
  const companyName = company.name;
  return {
    companyId: tx.companyId,
    unitId,
    communityId,
    company,
    view: { path: `/q/${code}`, companyName, communityName, unitLabel, ownerMasked, service },
  };
}
