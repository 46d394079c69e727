import { changeMerchantAccount, chooseMerchantAccount } from '../modules/channels/index.ts';
import { systemActor } from '../platform/actor.ts';
import type { Deps } from '../platform/deps.ts';
import type { DemoClient } from './client.ts';
import { type SimulatorPlace, simulatedAccounts } from './simulated-accounts.ts';

/**
 * Leads the demo's merchant accounts to the simulator of this start: it listens on another port
 * each time, and browsers reach it through us.
 */
export async function pointAtSimulator(
  deps: Deps,
  companyId: string,
  place: SimulatorPlace,
): Promise<void> {
  const actor = systemActor(companyId, 'demo');
  for (const simulated of simulatedAccounts) {
    const { channel, mchId } = simulated;
    const account = await deps.db.read(companyId, (tx) => chooseMerchantAccount(tx, { channel }));
    if (account?.mchId !== mchId) continue;
    const endpoints = simulated.endpoints(place);
    await changeMerchantAccount(deps, { actor, id: account.id, change: { endpoints } });
  }
}

/**
 * Makes the demo's merchant accounts with fresh keys, and makes the simulator know them: it
 * remembers its merchants.
 */
export async function ensureMerchantAccounts(
  client: DemoClient,
  place: SimulatorPlace,
): Promise<void> {
  const { items } = await client.get<{ items: { mchId: string }[] }>('/api/merchant-accounts');
  for (const simulated of simulatedAccounts) {
    const { channel, name, mchId, appId, mode } = simulated;
    if (items.some((account) => account.mchId === mchId)) continue;
    const credentials = await simulated.register(place);
    const endpoints = simulated.endpoints(place);
    const account = { channel, name, mchId, appId, mode, credentials, endpoints };
    await client.post('/api/merchant-accounts', account);
  }
}
