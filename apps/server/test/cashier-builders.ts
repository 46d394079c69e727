import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import {
  addCashierRoutes,
  type CashierDoors,
  type ChannelFacts,
} from '../src/modules/cashier/index.ts';
import { type ChannelsDoor, confirmPayment } from '../src/modules/payment/index.ts';
import { createApp } from '../src/platform/http/index.ts';
import { givenBills } from './billing-builders.ts';
import { cashierDoors } from './cashier-doors.ts';
import { givenUnit, type UnitInTest } from './estate-builders.ts';
import type { TestSystem } from './harness.ts';
import { type PaymentWorld, paymentWorld } from './payment-builders.ts';

export const wechatAgent = 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.49 Language/zh_CN';

export const alipayAgent = 'Mozilla/5.0 (Linux; Android 14) AliApp(AP/10.5.0) AlipayClient/10.5.0';
export const unionPayAgent = 'Mozilla/5.0 (Linux; Android 14) (UnionPay/1.0 CloudPay)';
export const phoneAgent = 'Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36';
export const computerAgent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15';

/** Channels as the page sees them, in the shapes that there are. */
const facts: readonly ChannelFacts[] = [
  factsOf('wechat-pay', '微信', 'wechat', ['jsapi', 'native', 'h5'], true),
  factsOf('alipay', '支付宝', 'alipay', ['jsapi', 'h5', 'page'], true),
  factsOf('union-pay-qr', '云闪付', 'union-pay', ['jsapi'], true),
  factsOf('union-pay', '银行卡', 'union-pay', ['h5', 'page'], false),
];

function factsOf(
  name: string,
  zh: string,
  wallet: string,
  products: ChannelFacts['products'],
  canLogIn: boolean,
): ChannelFacts {
  return { name, label: { zh, en: name }, wallet, products, canLogIn };
}

export interface CashierWorld {
  /** Channels that the company has no account for. */
  readonly closed: Set<string>;
  /** Fee items whose money goes into an account of its own. */
  readonly apart: Set<string>;

  readonly world: PaymentWorld;
  readonly app: FastifyInstance;
  readonly doors: CashierDoors;
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
  const closed = new Set<string>();
  const apart = new Set<string>();
  const accounts = accountsOf(world, { closed, apart });
  const doors = cashierDoors({
    channels: () => facts,
    merchantAccountByNumber: async (_tx, number) => accounts.byNumber(number),
    readLoginReturn: (_channel, query) => ({
      code: query.get('code') ?? '',
      state: query.get('state') ?? '',
    }),
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
  const channels = { ...world.channel, routeFeeItems: accounts.routeFeeItems };
  addCashierRoutes(app, { ...system.deps, ...world.deps, channels }, doors);
  return {
    world,
    closed,
    apart,
    app,
    doors,
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

/** One account a channel, told apart by number and app; some fee items have one of their own. */
function accountsOf(
  { channel }: PaymentWorld,
  { closed, apart }: Pick<CashierWorld, 'closed' | 'apart'>,
) {
  const byNumber = (number: number) => {
    const name = facts[(number - 1) % facts.length]?.name ?? '';
    const isApart = number > facts.length;
    const own = { ...channel.account, channel: name, number, appId: `app-${number}` };
    return isApart ? { ...own, id: channel.account.id.replace(/^./, 'f') } : own;
  };
  const routeFeeItems: ChannelsDoor['routeFeeItems'] = async (_tx, { feeItemIds, ways }) => {
    const way = ways.find((one) => !closed.has(one.channel));
    if (!way) return new Map();
    const number = facts.findIndex(({ name }) => name === way.channel) + 1;
    return new Map(
      feeItemIds.map((id) => {
        const account = byNumber(apart.has(id) ? number + facts.length : number);
        return [id, { account, way }];
      }),
    );
  };
  return { byNumber, routeFeeItems };
}

export type Answer = LightMyRequestResponse;

export type FormFields = Readonly<Record<string, string | readonly (string | Buffer)[]>>;

/** As a browser packs a form. */
async function encoded(fields: FormFields): Promise<{ body: Buffer; type: string }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) {
      if (typeof each === 'string') form.append(name, each);
      else form.append(name, new Blob([new Uint8Array(each)]), 'photo.jpg');
    }
  }
  const packed = new Response(form);
  const type = packed.headers.get('content-type') ?? '';
  return { body: Buffer.from(await packed.arrayBuffer()), type };
}

/** One person's phone: keeps cookies, follows nothing by itself. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  post(url: string, body: object): Promise<Answer>;
  /** A form of a page, with files. */
  send(url: string, fields: FormFields): Promise<Answer>;
  /** Opens the code and comes back from the wallet as this person. */
  logIn(code: string, loginCode: string, channel?: string): Promise<Answer>;
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
    async send(url, fields) {
      const { body, type } = await encoded(fields);
      return await send('POST', url, body, { 'content-type': type });
    },
    async logIn(code, loginCode, channel = 'wechat-pay') {
      const state = await stateOf(code);
      return await send('GET', `/cb/${channel}?code=${loginCode}&state=${state}`);
    },
  };
}
