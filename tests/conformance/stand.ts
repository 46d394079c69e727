import { startSimulator } from '../../apps/gateway-simulator/src/simulator.ts';
import {
  changeMerchantAccount,
  channelOf,
  saveMerchantAccount,
} from '../../apps/server/src/modules/channels/index.ts';
import { companyByShortCode } from '../../apps/server/src/modules/identity/index.ts';
import { addPaymentRoutes } from '../../apps/server/src/modules/payment/index.ts';
import { createApp } from '../../apps/server/src/platform/http/index.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import { freePort } from '../flows/cashier-scene.ts';
import { controlOf } from '../flows/simulator-scene.ts';
import type { AtSimulator, Driver } from './driver.ts';
import { type Ear, listen } from './ear.ts';
import { moneyOf } from './money.ts';
import { verbsOf } from './verbs.ts';

export type Control = ReturnType<typeof controlOf>;

/** One merchant account of the channel, as it was saved. */
export interface Account {
  readonly merchantAccountId: string;
  readonly number: number;
  readonly mchId: string;
  readonly credentials: Readonly<Record<string, string>>;
}

/** One channel between our server and its simulator, over real HTTP and a real database. */
export interface Place {
  readonly driver: Driver;
  readonly system: TestSystem;
  readonly at: AtSimulator;
  readonly control: Control;
  readonly account: Account;
  readonly ear: Ear;
  /** What must never be found in a record: payers' ids, codes, logins. */
  readonly secretsSeen: Set<string>;
}

export type Stand = Awaited<ReturnType<typeof startStand>>;

const minuteMs = 60_000;
/** A busy machine answers notices late; how late is asked elsewhere. */
const answerTimeoutMs = 20_000;

export async function startStand(driver: Driver) {
  const port = await freePort();
  const startAt = tomorrowAtTen();
  const publicUrl = `http://127.0.0.1:${port}`;
  const system = await givenSystem({ at: new Date(startAt).toISOString(), publicUrl });
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1', startAt, answerTimeoutMs });
  const control = controlOf(simulator);
  const app = await createApp({ authenticate: async () => undefined, publicUrl });
  const ear = listen(app);
  addPaymentRoutes(app, system.deps, { companyByShortCode });
  await app.listen({ port, host: '127.0.0.1' });
  const at = { control, url: simulator.url };
  const account = await givenAccount(driver, system, at, 1);
  const place: Place = { driver, system, at, control, account, ear, secretsSeen: new Set() };
  const sync = async () => {
    const { now } = await control<{ now: number }>('GET', 'clock');
    if (now > system.clock.now().getTime()) system.clock.set(new Date(now));
  };
  const advance = async (ms: number) => {
    await control('POST', 'clock', { advanceMs: ms });
    await sync();
  };
  const verbs = verbsOf(place, advance);
  return {
    ...place,
    ...verbs,
    ...moneyOf(place, { ...verbs, advance }),
    channel: channelOf(driver.channel),
    description: channelOf(driver.channel).description,
    sync,
    advance,
    arm: (faultAt: string, fault: string, options: object = {}) =>
      control('POST', 'faults', {
        at: faultAt,
        fault,
        times: 1,
        channel: driver.channel,
        ...(fault.startsWith('timeout') && { delayMs: 50 }),
        ...options,
      }),
    /** Another account of the same channel: of a merchant of its own. */
    anotherAccount: (serial: number, change: Readonly<Record<string, string>> = {}) =>
      givenAccount(driver, system, at, serial, change),
    disable: ({ merchantAccountId }: Account) =>
      change(system, merchantAccountId, { state: 'disabled' }),
    /** The channel changes its key. @returns what makes it sign with the new one only */
    async changeChannelKey() {
      const changed = await driver.changeChannelKey?.(at, account.mchId);
      const { credentials } = changed ?? {};
      if (credentials) await change(system, account.merchantAccountId, { credentials });
      return async () => await changed?.switchOver?.();
    },
    /** New secrets of ours; `enter` makes the provider know them as well. */
    async renewSecrets() {
      const { credentials, enter } = await driver.renew(at, 1);
      await change(system, account.merchantAccountId, { credentials });
      return enter;
    },
    async stop() {
      await app.close();
      await simulator.close();
      await system.close();
    },
  };
}

function change(
  { deps, staff }: TestSystem,
  id: string,
  values: Parameters<typeof changeMerchantAccount>[1]['change'],
) {
  return changeMerchantAccount(deps, { actor: staff, id, change: values });
}

/** Ten in the morning in Beijing: far from every channel's end of a day. */
function tomorrowAtTen(): number {
  const tomorrow = new Date(Date.now() + 32 * 60 * minuteMs).toISOString().slice(0, 10);
  return Date.parse(`${tomorrow}T02:00:00Z`);
}

async function givenAccount(
  driver: Driver,
  system: TestSystem,
  at: AtSimulator,
  serial: number,
  change: Readonly<Record<string, string>> = {},
): Promise<Account> {
  const given = await driver.register(at, serial);
  const credentials = { ...given.credentials, ...change };
  const saved = await saveMerchantAccount(system.deps, {
    actor: system.staff,
    account: { ...given, credentials, channel: driver.channel, name: `合规测试 ${serial}` },
  });
  return { ...saved, mchId: given.mchId, credentials };
}
