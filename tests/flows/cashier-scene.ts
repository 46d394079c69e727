import { execFileSync } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { startSimulator } from '../../apps/gateway-simulator/src/simulator.ts';
import { buildApp } from '../../apps/server/src/compose.ts';
import { simulatedAccounts } from '../../apps/server/src/demo/simulated-accounts.ts';
import { proxySimulator } from '../../apps/server/src/front.ts';
import { saveMerchantAccount } from '../../apps/server/src/modules/channels/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { givenBills } from '../../apps/server/test/billing-builders.ts';
import { type GivenUnit, givenUnit } from '../../apps/server/test/estate-builders.ts';
import type { TestSystem } from '../../apps/server/test/harness.ts';

export interface CashierScene {
  readonly url: string;
  /** A home with bills; its page's path. */
  home(wanted?: GivenUnit, bills?: readonly GivenFee[]): Promise<{ path: string; unitId: string }>;
  control(method: string, path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
}

export interface GivenFee {
  readonly feeItemName: string;
  readonly amountsFen: readonly number[];
}

const usualFees: readonly GivenFee[] = [
  { feeItemName: '物业服务费', amountsFen: [254_70, 254_70] },
  { feeItemName: '车位管理费', amountsFen: [80_00, 80_00] },
  { feeItemName: '生活垃圾处理费（代收）', amountsFen: [35_65, 35_65] },
];

/** The whole server over a test's database, the simulator beside it, one origin for a browser. */
export async function startCashierScene(
  system: TestSystem & { readonly port: number },
  serveMore: (app: Awaited<ReturnType<typeof buildApp>>) => Promise<void> = async () => {},
): Promise<CashierScene> {
  execFileSync(process.execPath, ['build.mjs'], {
    cwd: join(import.meta.dirname, '../../apps/cashier'),
  });
  const { port } = system;
  const { publicUrl } = system.deps;
  const simulator = await startSimulator({
    port: 0,
    host: '127.0.0.1',
    publicUrl: `${publicUrl}/sim`,
  });
  const app = await buildApp(system.deps);
  await proxySimulator(app, simulator.url);
  await serveMore(app);
  await app.listen({ port, host: '127.0.0.1' });
  for (const simulated of simulatedAccounts) {
    const place = { simulatorUrl: simulator.url, publicUrl };
    const credentials = await simulated.register(place);
    const { channel, name, mchId, appId, mode } = simulated;
    const account = { channel, name, mchId, appId, mode, credentials };
    const endpoints = simulated.endpoints(place);
    const { staff: actor } = system;
    await saveMerchantAccount(system.deps, { actor, account: { ...account, endpoints } });
  }
  await system.deps.db.transaction(system.companyId, (tx) =>
    tx.run(sql`update identity.company set name = '阳光物业服务有限公司'
      where id = ${tx.companyId}`),
  );
  return {
    url: publicUrl,
    async home(wanted = {}, bills = usualFees) {
      const unit = await givenUnit(system, { community: '阳光花园', building: '3', ...wanted });
      const { unitId } = unit;
      for (const fee of bills) await givenBills(system, { unitId, ...fee });
      return { path: `/q/${unit.roomCode}`, unitId };
    },
    control: (method, path, body) => control(simulator.url, method, path, body),
    async close() {
      await app.close();
      await simulator.close();
    },
  };
}

async function control(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const sent = body && { headers, body: JSON.stringify(body) };
  const response = await fetch(`${url}/control/${path}`, { method, ...sent });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return await response.json();
}

/** A port that nobody listens on, so that addresses are known before the server starts. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
