import { startSimulator } from '../../apps/gateway-simulator/src/simulator.ts';
import {
  authorizeUrl,
  closeTrade,
  merchantAccountById,
  openIdOf,
  prepay,
  queryTrade,
  readNotification,
} from '../../apps/server/src/modules/channels/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { newId, orderNoOf } from '../../apps/server/src/platform/id.ts';
import type { GivenMerchantAccount } from '../../apps/server/test/channels-builders.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import { fen } from '../../packages/money/src/index.ts';
import { controlOf, startEar } from './simulator-scene.ts';

/** Satisfies both protocols: the newer one looks at the status only. */
const v2Success = '<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>';

/** Our channels on one side, the simulator on the other, and an ear where the api would listen. */
export async function startScene() {
  const ear = await startEar({ status: 200, body: v2Success });
  const system = await givenSystem({ at: new Date().toISOString(), publicUrl: ear.url });
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
  const control = controlOf(simulator);
  return {
    system,
    simulatorUrl: simulator.url,
    control,
    ...ordersOf(system),
    ...countsOf(system),
    arm: (at: string, fault: string, delayMs = 50, times = 1) =>
      control('POST', 'faults', { at, fault, delayMs, times }),
    /** Both clocks move on. */
    async advance(ms: number) {
      system.clock.advance(ms);
      await control('POST', 'clock', { advanceMs: ms });
    },
    /** What is heard first after something was done. */
    async heardAfter(account: GivenMerchantAccount, act: () => Promise<unknown>) {
      const heard = ear.next(account);
      await act();
      const source = { channel: 'wechat-pay', accountNumber: account.number };
      const { companyId, deps } = system;
      const input = { ...(await heard), ...source, remoteIp: '127.0.0.1', companyId };
      return await readNotification(deps, input);
    },
    /** Pays the order, or sends its notification with a fault, and reads what is heard first. */
    async notificationOf(account: GivenMerchantAccount, orderNo: string, fault?: string) {
      const heard = ear.next(account);
      await (fault
        ? control('POST', `wechat-pay/orders/${orderNo}/notify`, { fault })
        : control('POST', 'wechat-pay/pay', { outTradeNo: orderNo }));
      const accountNumber = account.number;
      const source = { channel: 'wechat-pay', accountNumber, remoteIp: '127.0.0.1' };
      const { companyId } = system;
      return await readNotification(system.deps, { ...(await heard), ...source, companyId });
    },
    async close() {
      await simulator.close();
      ear.close();
      await system.close();
    },
  };
}

export function newOrderNo(): string {
  return orderNoOf('test', newId(new Date()));
}

function ordersOf(system: TestSystem) {
  const openIds = new Map<string, string>();
  const { companyId, deps } = system;
  const at = (account: GivenMerchantAccount, orderNo: string) => ({
    companyId,
    merchantAccountId: account.merchantAccountId,
    orderNo,
    product: 'jsapi' as const,
    amountFen: fen(254_70),
    requestedAt: new Date(),
    expiresAt: inTwentyMinutes(),
    tradeNo: null,
  });
  const openId = async (account: GivenMerchantAccount): Promise<string> => {
    const known = openIds.get(account.appId) ?? (await logIn(system, account));
    openIds.set(account.appId, known);
    return known;
  };
  return {
    openIdOf: openId,
    query: (account: GivenMerchantAccount, orderNo: string) =>
      queryTrade(deps, at(account, orderNo)),
    closeOrder: (account: GivenMerchantAccount, orderNo: string) =>
      closeTrade(deps, at(account, orderNo)),
    async givenOrder(
      account: GivenMerchantAccount,
      changes: { orderNo?: string; product?: 'jsapi' | 'native'; expiresAt?: Date } = {},
    ) {
      const product = changes.product ?? 'jsapi';
      const orderNo = changes.orderNo ?? newOrderNo();
      const result = await prepay(deps, {
        ...at(account, orderNo),
        product,
        amountFen: fen(254_70),
        description: '阳光花园 3栋2单元501 物业服务费',
        ...(product === 'jsapi' && { payerOpenId: await openId(account) }),
        expiresAt: changes.expiresAt ?? inTwentyMinutes(),
      });
      return { orderNo, result };
    },
  };
}

/** Of a fixed ten minutes, so that a repeat is the same order. */
function inTwentyMinutes(): Date {
  return new Date(Math.ceil(Date.now() / 6e5) * 6e5 + 12e5);
}

/** The code that the wallet's authorisation page gives to its second user. */
export async function codeFor(url: string): Promise<URLSearchParams> {
  const hop = await fetch(url, { redirect: 'manual', headers: { cookie: 'sim_user=2' } });
  return new URL(hop.headers.get('location') ?? '').searchParams;
}

export async function accountOf(system: TestSystem, given: GivenMerchantAccount) {
  const account = await system.deps.db.read(system.companyId, (tx) =>
    merchantAccountById(tx, given.merchantAccountId),
  );
  if (!account) throw new Error('no such merchant account');
  return account;
}

async function logIn(system: TestSystem, given: GivenMerchantAccount): Promise<string> {
  const account = await accountOf(system, given);
  const redirectUrl = 'http://localhost:8080/cb';
  const url = authorizeUrl(system.deps, account, { redirectUrl, state: 's' });
  const code = (await codeFor(url)).get('code') ?? '';
  const login = await openIdOf(system.deps, account, { code, userAgent: '' });
  if (!('openId' in login)) throw new Error('the simulator gave no openid');
  return login.openId;
}

function countsOf(system: TestSystem) {
  const count = async (statement: ReturnType<typeof sql>) =>
    (await system.deps.db.read(system.companyId, (tx) => tx.many(statement))).length;
  return {
    certificatesOf: (account: GivenMerchantAccount) =>
      count(sql`select from channels.platform_key where kind = 'certificate'
        and merchant_account_id = ${account.merchantAccountId}`),
    downloadsOf: (account: GivenMerchantAccount) =>
      count(sql`select from channels.message where verb = 'certificates'
        and merchant_account_id = ${account.merchantAccountId}`),
  };
}
