import { generateKeyPairSync } from 'node:crypto';
import { startSimulator } from '../../apps/gateway-simulator/src/simulator.ts';
import {
  authorizeUrl,
  closeTrade,
  fetchStatement,
  merchantAccountById,
  openIdOf,
  type Product,
  prepay,
  queryRefund,
  queryTrade,
  readLoginReturn,
  readNotification,
  refundTrade,
  saveMerchantAccount,
} from '../../apps/server/src/modules/channels/index.ts';
import { openAccount } from '../../apps/server/src/modules/channels/open-account.ts';
import { newId, orderNoOf } from '../../apps/server/src/platform/id.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import { fen } from '../../packages/money/src/index.ts';
import { controlOf, startEar } from './simulator-scene.ts';

export interface AlipayAccount {
  readonly merchantAccountId: string;
  readonly number: number;
  readonly mchId: string;
  readonly appId: string;
}

export const amountFen = fen(254_70);

/** One pair for every application: making one takes a tenth of a second. */
const appKeys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

type Control = ReturnType<typeof controlOf>;

/** Our Alipay on one side, the simulator on the other, and an ear where the api would listen. */
export async function startScene() {
  const ear = await startEar();
  const system = await givenSystem({ at: new Date().toISOString(), publicUrl: ear.url });
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
  const control = controlOf(simulator);
  const scene = { system, control, url: simulator.url };
  const verbs = verbsOf(system);
  const pay = (body: object) => control('POST', 'alipay/pay', body);
  return {
    ...scene,
    ...accountsOf(scene),
    ...verbs,
    pay,
    /** An order that was placed as a code and paid, without telling us. */
    async paidOrder(account: AlipayAccount) {
      const { orderNo, result } = await verbs.givenOrder(account, 'native');
      await pay({ codeUrl: codeUrlOf(result), outcome: 'paid-no-notification' });
      return orderNo;
    },
    arm: (at: string, fault: string, options: { delayMs?: number; times?: number } = {}) =>
      control('POST', 'faults', { at, fault, times: 1, channel: 'alipay', ...options }),
    /** Does what makes the channel tell us something, and reads what is heard first. */
    async heardAfter(account: AlipayAccount, act: () => Promise<unknown>) {
      const heard = ear.next();
      await act();
      const { number: accountNumber } = account;
      const source = { channel: 'alipay', accountNumber, remoteIp: '127.0.0.1' };
      const { companyId } = system;
      return await readNotification(system.deps, { ...(await heard), ...source, companyId });
    },
    /** Both clocks, so that neither side finds the other late. */
    async advance(ms: number) {
      system.clock.advance(ms);
      await control('POST', 'clock', { advanceMs: ms });
    },
    async close() {
      await simulator.close();
      ear.close();
      await system.close();
    },
  };
}

let accountsMade = 0;

function accountsOf({
  system,
  control,
  url,
}: {
  system: TestSystem;
  control: Control;
  url: string;
}) {
  return {
    async givenAccount(
      mode: 'public-key' | 'certificate',
      identity: 'user_id' | 'open_id' = 'user_id',
    ): Promise<AlipayAccount> {
      accountsMade += 1;
      const mchId = `2088${String(accountsMade).padStart(12, '0')}`;
      const appId = `2021${String(accountsMade).padStart(12, '0')}`;
      const given = await control<Record<string, string>>('POST', 'alipay/merchants', {
        appId,
        sellerId: mchId,
        name: '测试物业',
        mode: mode === 'certificate' ? 'certificate' : 'key',
        identity,
        appPublicKeyPem: appKeys.publicKey,
        redirectHosts: ['localhost:8080'],
      });
      const names = [
        'alipayPublicKeyPem',
        'appCertificatePem',
        'alipayCertificatePem',
        'alipayRootCertificatePem',
      ];
      const taken = Object.entries(given).filter(([name]) => names.includes(name));
      const saved = await saveMerchantAccount(system.deps, {
        actor: system.staff,
        account: {
          channel: 'alipay',
          name: '支付宝（测试）',
          mchId,
          appId,
          mode,
          credentials: {
            // As the provider's key tool gives it: one line, without its frame.
            privateKeyPem: appKeys.privateKey.replace(/-----.*-----|\n/g, ''),
            signScene: 'INDUSTRY|PROPERTY',
            ...Object.fromEntries(taken),
          },
          endpoints: {
            gateway: `${url}/gateway.do`,
            page: `${url}/gateway.do`,
            authorize: `${url}/oauth2/publicAppAuthorize.htm`,
          },
        },
      });
      return { ...saved, mchId, appId };
    },
    contextOf: async ({ merchantAccountId }: AlipayAccount) => {
      const context = await openAccount(system.deps, system.companyId, { id: merchantAccountId });
      if (!context) throw new Error('no such merchant account');
      return context;
    },
    logIn: (account: AlipayAccount, user: number) => logIn(system, account, user),
  };
}

/** What the wallet's authorisation page gives to one of its users. */
async function logIn(system: TestSystem, given: AlipayAccount, user: number) {
  const account = await system.deps.db.read(system.companyId, (tx) =>
    merchantAccountById(tx, given.merchantAccountId),
  );
  if (!account) throw new Error('no such merchant account');
  const redirectUrl = 'http://localhost:8080/cb/alipay';
  const url = authorizeUrl(system.deps, account, { redirectUrl, state: 'a b&c' });
  const hop = await fetch(url, { redirect: 'manual', headers: { cookie: `sim_user=${user}` } });
  const back = new URL(hop.headers.get('location') ?? '').searchParams;
  const { code, state } = readLoginReturn('alipay', back);
  const exchange = () => openIdOf(system.deps, account, { code, userAgent: 'AlipayClient/10' });
  return { state, login: await exchange(), again: exchange };
}

/** The content of the code that an order was placed as. */
export function codeUrlOf(result: unknown): string {
  return (result as { instructions: { codeUrl: string } }).instructions.codeUrl;
}

export function newNo(): string {
  return orderNoOf('test', newId(new Date()));
}

function verbsOf({ deps, companyId, clock }: TestSystem) {
  const of = ({ merchantAccountId }: AlipayAccount) => ({ companyId, merchantAccountId });
  // Of a fixed ten minutes, so that a repeat is the same order.
  const expiresAt = () => new Date(Math.ceil(clock.now().getTime() / 6e5) * 6e5 + 12e5);
  const order = (product: Product) => ({
    product,
    amountFen,
    requestedAt: clock.now(),
    expiresAt: expiresAt(),
  });
  const refundOf = (orderNo: string, refundNo: string, refundFen: number) => ({
    refundNo,
    amountFen: fen(refundFen),
    reason: '多收退回',
    requestedAt: clock.now(),
    order: { ...order('native'), orderNo, tradeNo: '', paidAt: clock.now() },
  });
  return {
    async givenOrder(
      account: AlipayAccount,
      product: Product,
      changes: Partial<Parameters<typeof prepay>[1]> = {},
    ) {
      const orderNo = changes.orderNo ?? newNo();
      const description = '阳光花园 3栋2单元501 物业服务费';
      const input = { ...of(account), ...order(product), orderNo, description, ...changes };
      return { orderNo, result: await prepay(deps, input) };
    },
    query: (account: AlipayAccount, orderNo: string, product: Product = 'native') =>
      queryTrade(deps, { ...of(account), ...order(product), orderNo, tradeNo: null }),
    closeOrder: (account: AlipayAccount, orderNo: string, product: Product = 'native') =>
      closeTrade(deps, { ...of(account), ...order(product), orderNo, tradeNo: null }),
    refund: (account: AlipayAccount, orderNo: string, refundNo: string, refundFen: number) =>
      refundTrade(deps, { ...of(account), ...refundOf(orderNo, refundNo, refundFen) }),
    refundState: (account: AlipayAccount, orderNo: string, refundNo: string, refundFen: number) =>
      queryRefund(deps, { ...of(account), ...refundOf(orderNo, refundNo, refundFen) }),
    statement: (account: AlipayAccount, day: string, kind: 'trade' | 'fund') =>
      fetchStatement(deps, { ...of(account), day, kind }),
  };
}
