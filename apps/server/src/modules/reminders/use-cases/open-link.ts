import { dayOf } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { roomCodeOf } from '../../estate/index.ts';
import { companyOfLink } from '../domain/link.ts';
import { reminderErrors } from '../errors.ts';
import { companyOf } from '../queries/company.ts';
import { linkOf } from '../queries/link.ts';
import { markOpened } from '../store/follow-store.ts';
import { counting } from './count-effect.ts';

/** Identity's directory of short codes. */
export interface Directory {
  companyByShortCode(
    deps: Pick<Deps, 'db'>,
    shortCode: string,
  ): Promise<{ readonly companyId: string } | undefined>;
}

export interface LinkVisit {
  readonly code: string;
  /** Somebody wants to see the bill. Programs look at links before people do: they do not count. */
  readonly isPerson: boolean;
}

/**
 * Where a link of a message leads: the printed code of the home.
 * @throws REMINDER_LINK_UNKNOWN, REMINDER_LINK_OVER
 */
export async function openLink(
  deps: Pick<Deps, 'db' | 'clock'>,
  directory: Directory,
  { code, isPerson }: LinkVisit,
): Promise<string> {
  const shortCode = companyOfLink(code);
  const company = shortCode && (await directory.companyByShortCode(deps, shortCode));
  if (!company) throw reminderErrors.REMINDER_LINK_UNKNOWN();
  return await deps.db.transaction(company.companyId, async (tx) => {
    const now = deps.clock.now();
    const { timeZone } = await companyOf(tx);
    const link = await linkOf(tx, { code, today: dayOf(now, timeZone) });
    if (!link) throw reminderErrors.REMINDER_LINK_UNKNOWN();
    if (link.expiresAt <= now || link.isMovedOut) throw reminderErrors.REMINDER_LINK_OVER();
    if (isPerson) {
      await counting(tx, [link.noticeId], () => markOpened(tx, link.noticeId, now));
    }
    return await roomCodeOf(deps, tx, link.unitId);
  });
}
