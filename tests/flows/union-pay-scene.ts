import { startSimulator } from '../../apps/gateway-simulator/src/simulator.ts';
import {
  authorizeUrl,
  type ChannelName,
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
import { channelOf } from '../../apps/server/src/modules/channels/registry.ts';
import { newId, orderNoOf } from '../../apps/server/src/platform/id.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import keys from '../../apps/server/test/vectors/unionpay-keys.json' with { type: 'json' };
import pfx from '../../apps/server/test/vectors/unionpay-pfx.json' with { type: 'json' };
import { fen } from '../../packages/money/src/index.ts';
import { controlOf, startEar } from './simulator-scene.ts';

/** The two ways to UnionPay, and how each of them signs. */
export type Way = 'certificate' | 'secret-key' | 'qr';

export interface UnionPayAccount {
  readonly channel: ChannelName;
  readonly merchantAccountId: string;
  readonly number: number;
  readonly mchId: string;
}

/** What a test keeps of an order: both sides know it by number and time. */
export interface GivenOrder {
  readonly orderNo: string;
  readonly product: Product;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

export const amountFen = fen(254_70);

export const minute = 60_000;

/** Tomorrow at 10:00 in Beijing: far from 23:00, where UnionPay's day ends. */
const startsAt = `${new Date(Date.now() + 32 * 60 * minute).toISOString().slice(0, 10)}T02:00:00Z`;

/** Our UnionPay on one side, the simulator on the other, and an ear where the api would listen. */
export async function startScene() {
  const ear = await startEar();
  const system = await givenSystem({ at: startsAt, publicUrl: ear.url });
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
  const control = controlOf(simulator);
  const verbs = verbsOf(system);
  await control('POST', 'clock', { advanceMs: Date.parse(startsAt) - Date.now() });
  return {
    system,
    control,
    url: simulator.url,
    ...accountsOf(system, control, simulator.url),
    ...verbs,
    ...paymentsOf(control, verbs),
    arm: (channel: ChannelName, place: string, fault: string, options: object = {}) =>
      control('POST', 'faults', { at: place, fault, times: 1, channel, ...options }),
    /** Does what makes the channel tell us something, and reads what is heard first. */
    async heardAfter({ channel, number: accountNumber }: UnionPayAccount, act: () => unknown) {
      const heard = ear.next();
      await act();
      const source = { channel, accountNumber, remoteIp: '127.0.0.1' };
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

type Control = ReturnType<typeof controlOf>;
let accountsMade = 0;

function accountsOf(system: TestSystem, control: Control, url: string) {
  const gateway = {
    gateway: url,
    front: `${url}/gateway/api/frontTransReq.do`,
    file: `${url}/union-pay/files/`,
  };
  const qr = {
    gateway: `${url}/pay/gateway`,
    authorize: `${url}/qrcGtwWeb-web/api/userAuth`,
  };
  return {
    async givenAccount(way: Way): Promise<UnionPayAccount> {
      accountsMade += 1;
      const channel = way === 'qr' ? 'union-pay-qr' : 'union-pay';
      const serial = String(accountsMade).padStart(6, '0');
      const mchId = way === 'qr' ? `QRA000000${serial}` : `777290058${serial}`;
      const saved = await saveMerchantAccount(system.deps, {
        actor: system.staff,
        account: {
          channel,
          name: '银联（测试）',
          mchId,
          appId: '',
          mode: way === 'certificate' ? 'certificate' : 'secret-key',
          credentials: await secretsOf(control, way, mchId),
          endpoints: way === 'qr' ? qr : gateway,
        },
      });
      return { ...saved, channel, mchId };
    },
    /** The vectors' merchant, known to us by the file that its provider gave out. */
    async givenPfxAccount(): Promise<UnionPayAccount> {
      const { merId, merchantCertificate } = keys.unionpay;
      const merchant = { merId, name: '测试物业', merchantCertificatePem: merchantCertificate };
      const path = 'union-pay/merchants';
      const given = await control<Record<string, string>>('POST', path, merchant);
      const saved = await saveMerchantAccount(system.deps, {
        actor: system.staff,
        account: {
          channel: 'union-pay',
          name: '银联（.pfx）',
          mchId: merId,
          appId: '',
          mode: 'certificate',
          credentials: {
            pfx: pfx.legacy,
            pfxPassword: pfx.password,
            middlePem: given.middleCertificatePem ?? '',
            rootPem: given.rootCertificatePem ?? '',
          },
          endpoints: gateway,
        },
      });
      return { ...saved, channel: 'union-pay', mchId: merId };
    },
    testOf: async (account: UnionPayAccount) =>
      await channelOf(account.channel).test(await contextOf(system, account)),
    secretsOf: async (account: UnionPayAccount) => (await contextOf(system, account)).credentials,
    logIn: (account: UnionPayAccount, user: number) => logIn(system, account, user),
  };
}

async function contextOf(system: TestSystem, { merchantAccountId }: UnionPayAccount) {
  const context = await openAccount(system.deps, system.companyId, { id: merchantAccountId });
  if (!context) throw new Error('no such merchant account');
  return context;
}

/** Registers the merchant with the simulator. @returns what our side has to know */
async function secretsOf(control: Control, way: Way, mchId: string) {
  const name = '测试物业';
  if (way === 'qr') {
    const redirectHosts = ['localhost:8080'];
    const merchant = { mchid: mchId, name, redirectHosts };
    const { key } = await control<{ key: string }>('POST', 'union-pay-qr/merchants', merchant);
    return { md5Key: key };
  }
  const secureKey = 'a-secure-key-of-the-test';
  const given = await control<Record<string, string>>('POST', 'union-pay/merchants', {
    merId: mchId,
    name,
    ...(way === 'secret-key' && { secureKey }),
  });
  if (way === 'secret-key') return { secureKey };
  return {
    privateKeyPem: given.merchantPrivateKeyPem ?? '',
    certificatePem: given.merchantCertificatePem ?? '',
    middlePem: given.middleCertificatePem ?? '',
    rootPem: given.rootCertificatePem ?? '',
  };
}

/** What the wallet's authorisation page gives to one of its users. */
async function logIn(system: TestSystem, given: UnionPayAccount, user: number) {
  const account = await system.deps.db.read(system.companyId, (tx) =>
    merchantAccountById(tx, given.merchantAccountId),
  );
  if (!account) throw new Error('no such merchant account');
  const redirectUrl = 'http://localhost:8080/cb/union-pay-qr';
  const url = authorizeUrl(system.deps, account, { redirectUrl, state: 'a b&c' });
  const hop = await fetch(url, { redirect: 'manual', headers: { cookie: `sim_user=${user}` } });
  const back = new URL(hop.headers.get('location') ?? '').searchParams;
  const { code, state } = readLoginReturn(given.channel, back);
  const userAgent = 'Mozilla/5.0 (UnionPay/1.0 CloudPay) (clientVersion 324)';
  const exchange = () => openIdOf(system.deps, account, { code, userAgent });
  return { state, login: await exchange(), again: exchange };
}

export function newNo(): string {
  return orderNoOf('test', newId(new Date()));
}

/** How long a payer has. */
const payableMs = 5 * minute;

function paymentsOf(control: Control, verbs: ReturnType<typeof verbsOf>) {
  const pay = (account: UnionPayAccount, order: GivenOrder, outcome = 'paid-no-notification') =>
    control('POST', `${account.channel}/pay`, { outTradeNo: order.orderNo, outcome });
  return {
    pay,
    /** An order that was placed as a code and paid, without telling us. */
    async paidOrder(account: UnionPayAccount): Promise<GivenOrder> {
      const { order } = await verbs.givenOrder(account, 'native');
      await pay(account, order);
      return order;
    },
  };
}

function verbsOf({ deps, companyId, clock }: TestSystem) {
  const of = ({ merchantAccountId }: UnionPayAccount) => ({ companyId, merchantAccountId });
  return {
    async givenOrder(
      account: UnionPayAccount,
      product: Product,
      changes: Partial<Parameters<typeof prepay>[1]> = {},
    ) {
      const requestedAt = clock.now();
      const order: GivenOrder = {
        orderNo: changes.orderNo ?? newNo(),
        product,
        requestedAt,
        expiresAt: new Date(requestedAt.getTime() + payableMs),
      };
      const description = '阳光花园 3栋2单元501 物业服务费';
      const input = { ...of(account), ...order, amountFen, description, ...changes };
      return { order, result: await prepay(deps, input) };
    },
    query: (account: UnionPayAccount, order: GivenOrder) =>
      queryTrade(deps, { ...of(account), ...order, amountFen, tradeNo: null }),
    closeOrder: (account: UnionPayAccount, order: GivenOrder) =>
      closeTrade(deps, { ...of(account), ...order, amountFen, tradeNo: null }),
    statement: (account: UnionPayAccount, day: string) =>
      fetchStatement(deps, { ...of(account), day, kind: 'trade' }),
    /** A refund of a paid order, with its two verbs. */
    async refundOf(account: UnionPayAccount, order: GivenOrder, refundFen: number) {
      const found = await queryTrade(deps, { ...of(account), ...order, amountFen, tradeNo: null });
      if (found.state !== 'paid') throw new Error(`nothing to give back: ${found.state}`);
      const { tradeNo, paidAt } = found.trade;
      const refund = {
        ...of(account),
        refundNo: newNo(),
        amountFen: fen(refundFen),
        reason: '多收退回',
        requestedAt: clock.now(),
        order: { ...order, amountFen, tradeNo, paidAt },
      };
      return {
        refundNo: refund.refundNo,
        send: () => refundTrade(deps, refund),
        ask: () => queryRefund(deps, refund),
      };
    },
  };
}
