import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { addCashierRoutes } from '../src/modules/cashier/index.ts';
import { confirmPayment } from '../src/modules/payment/index.ts';
import { createApp } from '../src/platform/http/index.ts';
import { givenBills } from './billing-builders.ts';
import { cashierDoors } from './cashier-doors.ts';
import { givenUnit, type UnitInTest } from './estate-builders.ts';
import type { TestSystem } from './harness.ts';
import { type PaymentWorld, paymentWorld } from './payment-builders.ts';

export const wechatAgent = 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.49 Language/zh_CN';

export interface CashierWorld {
  readonly world: PaymentWorld;
  readonly app: FastifyInstance;
  /** A home with owner, room code and published bills. */
  home(...amountsFen: number[]): Promise<UnitInTest & { readonly billIds: readonly string[] }>;
  browser(options?: { readonly agent?: string }): Browser;
  /** The payer pays the newest order at the channel, and its notification comes. */
  collect(): Promise<void>;
  close(): Promise<void>;
}

/** The cashier over a channel in memory; a login code `code-<name>` is <name>'s, once. */
export async function cashierWorld(system: TestSystem): Promise<CashierWorld> {
  const world = await paymentWorld(system);
  const spent = new Set<string>();
  const doors = cashierDoors({
    chooseMerchantAccount: async () => world.channel.account,
    authorizeUrl: (_deps, { appId }, { redirectUrl, state }) =>
      `https://wallet.test/authorize?appid=${appId}&redirect=${encodeURIComponent(redirectUrl)}&state=${state}`,
    openIdOf: async (_deps, _account, { code }) => {
      if (!code.startsWith('code-')) return { failed: 'unknown' };
      if (spent.has(code)) return { failed: 'used-code' };
      spent.add(code);
      return { openId: `o-${code.slice(5)}` };
    },
  });
  const { publicUrl } = system.deps;
  const app = await createApp({ publicUrl, authenticate: async () => undefined });
  addCashierRoutes(app, { ...system.deps, ...world.deps }, doors);
  return {
    world,
    app,
    browser: (options = {}) => browserOf(app, options.agent ?? wechatAgent),
    async home(...amountsFen) {
      const { companyId } = world;
      const unit = await givenUnit(system, { companyId });
      const { unitId } = unit;
      const billed =
        amountsFen.length === 0
          ? { bills: [] }
          : await givenBills(system, { companyId, unitId, amountsFen });
      return { ...unit, billIds: billed.bills.map(({ id }) => id) };
    },
    async collect() {
      const orderNo = [...world.channel.orders.keys()].at(-1) ?? '';
      const trade = world.channel.pay(orderNo);
      const { companyId } = world;
      await confirmPayment(world.deps, { companyId, source: 'notification', trade });
    },
    close: () => app.close(),
  };
}

export type Answer = LightMyRequestResponse;

/** One person's phone: keeps cookies, follows nothing by itself. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  post(url: string, body: object): Promise<Answer>;
  /** Opens the code and comes back from the wallet as this person. */
  logIn(code: string, loginCode: string): Promise<Answer>;
  /** The state that the page sends to the wallet. */
  stateOf(code: string): Promise<string>;
}

function browserOf(app: FastifyInstance, agent: string): Browser {
  const cookies = new Map<string, string>();
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const sent = {
      ...headers,
      'user-agent': agent,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    };
    const answer = await app.inject({ method, url, headers: sent, ...(body && { payload: body }) });
    for (const { name, value } of answer.cookies) cookies.set(name, value);
    return answer;
  };
  const stateOf = async (code: string) => {
    const hop = await send('GET', `/q/${code}`);
    return new URL(String(hop.headers.location)).searchParams.get('state') ?? '';
  };
  return {
    cookies,
    stateOf,
    get: (url, headers) => send('GET', url, undefined, headers),
    post: (url, body) => send('POST', url, body),
    async logIn(code, loginCode) {
      const state = await stateOf(code);
      return await send('GET', `/cb/wechat-pay?code=${loginCode}&state=${state}`);
    },
  };
}
