import type { OpenBills } from '@wuye-pay/contract';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { ChannelFacts } from '../src/modules/cashier/index.ts';
import { addCheckoutRoutes } from '../src/modules/checkout/index.ts';
import { companyByShortCode } from '../src/modules/identity/index.ts';
import { type ChannelsDoor, confirmPayment } from '../src/modules/payment/index.ts';
import { openLink } from '../src/modules/reminders/index.ts';
import { authenticateResident } from '../src/modules/resident/index.ts';
import { createApp } from '../src/platform/http/index.ts';
import { cashierDoors } from './cashier-doors.ts';
import type { TestSystem } from './harness.ts';
import { type PaymentWorld, paymentWorld } from './payment-builders.ts';
import { type GivenResident, givenResident, type ResidentInTest } from './resident-builders.ts';

const facts: readonly ChannelFacts[] = [
  {
    name: 'wechat-pay',
    label: { zh: '微信', en: 'WeChat' },
    wallet: 'wechat',
    products: ['jsapi', 'mini-program', 'native', 'h5'],
    canLogIn: true,
  },
];

export interface CheckoutWorld {
  readonly world: PaymentWorld;
  readonly app: FastifyInstance;
  /** Fee items whose money goes into another merchant account. */
  readonly apart: Set<string>;
  /** Somebody signed in whose mini-program is known, unless given. */
  resident(given?: GivenResident): Promise<Caller>;
  /** The newest order is paid at the channel, and its notification comes. */
  collect(): Promise<void>;
}

export interface Caller extends ResidentInTest {
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(url: string, body: object): Promise<LightMyRequestResponse>;
  put(url: string, body: object): Promise<LightMyRequestResponse>;
}

/** The resident's routes over a channel in memory. */
export async function checkoutWorld(system: TestSystem): Promise<CheckoutWorld> {
  const world = await paymentWorld(system);
  const apart = new Set<string>();
  const { account } = world.channel;
  const other = { ...account, id: account.id.replace(/^./, 'f'), number: 2 };
  const routeFeeItems: ChannelsDoor['routeFeeItems'] = async (_tx, { feeItemIds, ways }) => {
    const [way] = ways;
    if (!way) return new Map();
    return new Map(feeItemIds.map((id) => [id, { way, account: apart.has(id) ? other : account }]));
  };
  const app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: async () => undefined,
    authenticateResident: (request) => authenticateResident(system.deps, request),
  });
  const channels = { ...world.channel, routeFeeItems };
  const directory = { companyByShortCode };
  addCheckoutRoutes(
    app,
    { ...world.deps, channels },
    {
      ...cashierDoors({ channels: () => facts }),
      roomCodeOfLink: (deps, code) => openLink(deps, directory, { code, isPerson: true }),
    },
  );
  return {
    world,
    app,
    apart,
    async resident(given = {}) {
      const walletIds = { [`wechat-pay/${account.appId}`]: `o-${Math.random()}` };
      const { companyId } = world;
      const someone = await givenResident(system, { companyId, walletIds, ...given });
      const send = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
        app.inject({ method, url, headers: someone.headers, ...(payload && { payload }) });
      return {
        ...someone,
        get: (url, headers = {}) =>
          app.inject({ method: 'GET', url, headers: { ...someone.headers, ...headers } }),
        post: (url, body) => send('POST', url, body),
        put: (url, body) => send('PUT', url, body),
      };
    },
    async collect() {
      const orderNo = [...world.channel.orders.keys()].at(-1) ?? '';
      const trade = world.channel.pay(orderNo);
      await confirmPayment(world.deps, {
        companyId: world.companyId,
        source: 'notification',
        trade,
      });
    },
  };
}

let keys = 0;

export function freshKey(): string {
  keys += 1;
  return `tap-${keys}-xxxx`;
}

export const way = { way: 'wechat-pay.mini-program', surface: 'wechat' } as const;

/** A tap of its own unless the key is given. */
export function pay<Body extends object>(body: Body) {
  return { ...way, idempotencyKey: freshKey(), ...body };
}

/** What is open of each home, as the app shows it. */
export async function openOf(who: Pick<Caller, 'get'>): Promise<number[][]> {
  const open: OpenBills = (await who.get('/api/resident/bills')).json();
  return open.homes.map(({ bills }) => bills.map(({ openFen }) => openFen));
}
