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
 * remembers its merchants. A second person approves each, as in any company that has one.
 */
export async function ensureMerchantAccounts(
  client: DemoClient,
  approver: DemoClient,
  place: SimulatorPlace,
): Promise<void> {
  const { items } = await client.get<{ items: { mchId: string }[] }>('/api/merchant-accounts');
  await withdrawLeftOver(client);
  for (const simulated of simulatedAccounts) {
    const { channel, name, mchId, appId, mode } = simulated;
    if (items.some((account) => account.mchId === mchId)) continue;
    const credentials = await simulated.register(place);
    const endpoints = simulated.endpoints(place);
    const account = { channel, name, mchId, appId, mode, credentials, endpoints };
    const { changeId } = await client.post<{ changeId: string }>('/api/merchant-accounts', account);
    await approver.post(`/api/channel-changes/${changeId}/approve`);
  }
}

/** What a start that was broken off proposed: the simulator gives new keys each time. */
async function withdrawLeftOver(client: DemoClient): Promise<void> {
  const query = '/api/channel-changes?state=open';
  const { items } = await client.get<{ items: { id: string }[] }>(query);
  for (const { id } of items) await client.post(`/api/channel-changes/${id}/withdraw`);
}
