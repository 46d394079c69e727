import type { ChannelAlerts } from '@wuye-pay/contract';
import type { Static } from 'typebox';
import type { StaffActor } from '../../../platform/actor.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { ChannelDeps } from '../open-account.ts';
import { changesToDecide, isAlone } from '../queries/change-requests.ts';
import { accountsOfAllCompanies, listMerchantAccounts } from '../queries/merchant-accounts.ts';
import { type Expiry, expiriesOf } from './expiries.ts';

/**
 * The alarm: keys and certificates that end within a month, or have. Once a day for each.
 * Runbook: docs/runbooks/channel-key-expires.md.
 */
export async function warnOfExpiry(deps: Deps): Promise<void> {
  const accounts = await accountsOfAllCompanies(deps.jobsDb.global);
  for (const companyId of new Set(accounts.map((account) => account.companyId))) {
    for (const { id, expiry } of await endingSoon(deps, companyId)) {
      const { kind, label, serial, level, daysLeft } = expiry;
      const facts = { companyId, merchantAccountId: id, kind, label: label.en, serial, daysLeft };
      if (level === 'over') deps.log.error(facts, 'a key or certificate of a channel has ended');
      else deps.log.warn(facts, 'a key or certificate of a channel ends soon');
    }
  }
}

/** What somebody has to look at; the open circuits of active accounts only. */
export async function viewAlerts(
  deps: ChannelDeps,
  actor: StaffActor,
): Promise<Static<typeof ChannelAlerts>> {
  const { companyId } = actor;
  const expiring = await endingSoon(deps, companyId);
  const [accounts, toDecide, alone] = await deps.db.read(companyId, (tx) =>
    Promise.all([
      listMerchantAccounts(tx, noRefusals(deps)),
      changesToDecide(tx, actor.id),
      isAlone(tx),
    ]),
  );
  const openCircuits = accounts.filter(
    ({ state, circuit }) => state === 'active' && circuit === 'open',
  ).length;
  return { expiring: expiring.length, openCircuits, toDecide, isAlone: alone };
}

async function endingSoon(
  deps: ChannelDeps,
  companyId: string,
): Promise<{ id: string; expiry: Expiry }[]> {
  const accounts = await deps.db.read(companyId, (tx) =>
    listMerchantAccounts(tx, noRefusals(deps)),
  );
  const found: { id: string; expiry: Expiry }[] = [];
  for (const account of accounts.filter(({ state }) => state === 'active')) {
    const expiries = await expiriesOf(deps, account);
    const bad = expiries.filter(({ level }) => level !== 'good');
    found.push(...bad.map((expiry) => ({ id: account.id, expiry })));
  }
  return found;
}

/** Refusals are not asked for: from today on there are none that matter here. */
function noRefusals({ clock }: Pick<Deps, 'clock'>) {
  return { refusedSince: dayOf(clock.now(), 'UTC') };
}
