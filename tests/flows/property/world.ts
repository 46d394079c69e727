import type { NotificationReading } from '../../../apps/server/src/modules/channels/index.ts';
import type { ChannelsDoor } from '../../../apps/server/src/modules/payment/index.ts';
import type { StaffActor } from '../../../apps/server/src/platform/actor.ts';
import type { Deps } from '../../../apps/server/src/platform/deps.ts';
import { newId } from '../../../apps/server/src/platform/id.ts';
import { type FakeClock, fakeClock } from '../../../apps/server/test/fake-clock.ts';
import type { TestSystem } from '../../../apps/server/test/harness.ts';
import type { RunCompany } from './companies.ts';
import { Wallet, type WalletNotice } from './wallet.ts';

export const wallets = ['wechat-pay', 'alipay'] as const;
export type WalletName = (typeof wallets)[number];

/** All that one run has to itself: a company, a clock, two wallets. The database is shared. */
export interface World {
  readonly company: RunCompany;
  readonly clock: FakeClock;
  readonly wallets: Readonly<Record<WalletName, Wallet>>;
  readonly door: ChannelsDoor;
  readonly deps: Deps;
  /** Who asks, and who decides. */
  readonly maker: StaffActor;
  readonly checker: StaffActor;
}

/** Every run begins at the same instant; partitions reach two years ahead. */
export const beginning = new Date('2026-11-24T02:00:00Z');

export function worldOf(system: TestSystem, company: RunCompany): World {
  const clock = fakeClock(beginning);
  const both = {
    'wechat-pay': new Wallet(accountOf(company.companyId, 'wechat-pay'), clock),
    alipay: new Wallet(accountOf(company.companyId, 'alipay'), clock),
  };
  const { companyId } = company;
  const staff = (name: string): StaffActor => ({
    ...system.staff,
    companyId,
    id: newId(beginning),
    name,
  });
  const live = { ...system.deps.live, announce: async () => undefined };
  return {
    company,
    clock,
    wallets: both,
    door: doorOf(both),
    deps: { ...system.deps, clock, live },
    maker: staff('小何'),
    checker: staff('老周'),
  };
}

export const allWallets = (world: World): Wallet[] => wallets.map((name) => world.wallets[name]);

function accountOf(companyId: string, channel: WalletName) {
  return {
    companyId,
    id: newId(beginning),
    number: channel === 'alipay' ? 2 : 1,
    channel,
    name: channel,
    mchId: channel === 'alipay' ? '2088000000000001' : '1900000001',
    appId: `app-${channel}`,
    subMchId: null,
    subAppId: null,
    endpoints: {},
    mode: 'public-key',
    state: 'active',
  } as const;
}

/** What the machine sees of the two wallets. */
function doorOf(both: World['wallets']): ChannelsDoor {
  const byAccount = new Map(Object.values(both).map((wallet) => [wallet.account.id, wallet]));
  const walletOf = (id: string): Wallet => {
    const wallet = byAccount.get(id);
    if (!wallet) throw new Error(`no merchant account ${id}`);
    return wallet;
  };
  return {
    prepay: async (_deps, order) => walletOf(order.merchantAccountId).prepay(order),
    queryTrade: async (_deps, order) => walletOf(order.merchantAccountId).query(order.orderNo),
    closeTrade: async (_deps, order) => walletOf(order.merchantAccountId).close(order.orderNo),
    refundTrade: async (_deps, wanted) => walletOf(wanted.merchantAccountId).refund(wanted),
    queryRefund: async (_deps, { merchantAccountId, refundNo, order }) =>
      walletOf(merchantAccountId).queryRefund(refundNo, order.orderNo),
    readNotification: async (_deps, { rawBody }) => read(both, rawBody.toString()),
    routeFeeItems: async (_tx, { feeItemIds, ways }) => {
      const [way] = ways;
      const account = way && both[way.channel as WalletName]?.account;
      return new Map(way && account ? feeItemIds.map((id) => [id, { account, way }]) : []);
    },
    channelsOfCode: (code) =>
      /^1[0-5]\d{16}$/.test(code) ? ['wechat-pay'] : /^2[5-9]\d{16}$/.test(code) ? ['alipay'] : [],
  };
}

/** How a notice travels: what is in it was signed by the wallet that is named first. */
export function bodyOf(wallet: Wallet, notice: WalletNotice): Buffer {
  return Buffer.from(JSON.stringify({ from: wallet.account.channel, notice }));
}

function read(both: World['wallets'], body: string): NotificationReading {
  const { from, notice } = JSON.parse(body, datesBack) as {
    from: WalletName;
    notice: WalletNotice;
  };
  const merchantAccountId = both[from].account.id;
  const of = {
    state: 'authentic',
    merchantAccountId,
    notificationId: body,
    eventType: notice.kind,
  };
  if (notice.kind === 'trade') return { ...of, state: 'authentic', trade: notice.trade };
  if (notice.kind === 'refund') return { ...of, state: 'authentic', refund: notice.refund };
  const { orderNo, refundNo } = notice;
  return { ...of, state: 'authentic', lookAt: { orderNo, refundNo } };
}

function datesBack(key: string, value: unknown): unknown {
  return key.endsWith('At') && typeof value === 'string' ? new Date(value) : value;
}
