import type { Deps } from '../../../platform/deps.ts';
import { openAccount, overlapMs, refreshKeys } from '../open-account.ts';
import { accountsOfAllCompanies } from '../queries/merchant-accounts.ts';
import { deleteOldMinutes } from '../store/health-store.ts';
import { dropPreviousSecrets } from '../store/merchant-account-store.ts';
import { deleteEndedKeys } from '../store/platform-key-store.ts';
import { deleteOldEvidence } from '../store/refused-notice-store.ts';

/** A certificate that ended this long ago signs nothing any more. */
const endedKeysKeptMs = 30 * 24 * 3_600_000;
/** Evidence is looked at within weeks. */
const evidenceKeptMs = 90 * 24 * 3_600_000;
/** Health is shown for a day, and looked back at for a week. */
const minutesKeptMs = 7 * 24 * 3_600_000;

/** Downloads the platform certificates of every account that is verified by them. */
export async function refreshPlatformKeys(deps: Deps): Promise<void> {
  const accounts = await accountsOfAllCompanies(deps.jobsDb.global);
  for (const { companyId, id, mode } of accounts) {
    if (mode !== 'certificate') continue;
    const context = await openAccount(deps, companyId, { id });
    if (!context || (await refreshKeys(deps, context))) continue;
    deps.log.warn({ companyId, merchantAccountId: id }, 'platform certificates were not refreshed');
  }
}

/** Deletes ended certificates, old evidence and counts, and secrets whose overlap is over. */
export async function tidyChannels(deps: Deps): Promise<void> {
  const nowMs = deps.clock.now().getTime();
  const accounts = await accountsOfAllCompanies(deps.jobsDb.global);
  for (const companyId of new Set(accounts.map((account) => account.companyId))) {
    await deps.db.transaction(companyId, async (tx) => {
      await deleteEndedKeys(tx, new Date(nowMs - endedKeysKeptMs));
      await deleteOldEvidence(tx, new Date(nowMs - evidenceKeptMs));
      await deleteOldMinutes(tx, new Date(nowMs - minutesKeptMs));
      await dropPreviousSecrets(tx, new Date(nowMs - overlapMs));
    });
  }
}
