import {
  authorizeUrl,
  closeTrade,
  fetchStatement,
  merchantAccountById,
  openIdOf,
  type PrepayResult,
  type Product,
  prepay,
  queryRefund,
  queryTrade,
  readLoginReturn,
  refundTrade,
} from '../../apps/server/src/modules/channels/index.ts';
import { newId, orderNoOf } from '../../apps/server/src/platform/id.ts';
import { type Fen, fen } from '../../packages/money/src/index.ts';
import type { Place } from './stand.ts';

export interface Given {
  readonly product?: Product;
  readonly orderNo?: string;
  readonly amountFen?: number;
  readonly authCode?: string;
  readonly mandateNo?: string;
  readonly requestedAt?: Date;
  readonly expiresAt?: Date;
}

/** All that placing an order and asking for it again takes. */
export interface Order {
  readonly product: Product;
  readonly orderNo: string;
  readonly amountFen: Fen;
  readonly description: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly payerIp: string;
  readonly returnUrl: string;
  readonly payerOpenId?: string;
  readonly authCode?: string;
  readonly mandateNo?: string;
}

export type Verbs = ReturnType<typeof verbsOf>;

const payableMs = 20 * 60_000;
/** A refund that ends by itself has ended by then. */
const refundMs = 120_000;
const longestTurns = 100;
export const description = '阳光花园 3栋2单元501 物业服务费';

export function newNo(): string {
  return orderNoOf('test', newId(new Date()));
}

/** All that payment asks of channels, for the account of the stand. */
export function verbsOf(place: Place, advance: (ms: number) => Promise<void>) {
  const { driver, system, control, account, at } = place;
  const { deps, companyId, clock } = system;
  const { channel } = driver;
  const of = { companyId, merchantAccountId: account.merchantAccountId };
  const payerId = onceOnly(() => logIn(place, 1).then(({ login }) => idIn(login)));
  /** Notices of ours make the server ask on its own: it must not meet a fault meant for us. */
  const heardOut = async <Result>(one: { readonly orderNo: string }, result: Result) => {
    for (let turn = 0; turn < longestTurns; turn += 1) {
      const { notifications } = await verbs.atChannel(one);
      if (notifications.every(({ outcome }) => outcome !== 'pending')) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return result;
  };
  const ref = (one: Order, tradeNo: string | null = null) => ({ ...of, ...one, tradeNo });

  const verbs = {
    of,
    newNo,
    payerId,
    logIn: (user: number) => logIn(place, user),
    async order({ product = 'native', ...given }: Given = {}): Promise<Order> {
      const isInWallet = product === 'jsapi' || product === 'mini-program';
      const requestedAt = given.requestedAt ?? clock.now();
      return {
        product,
        orderNo: newNo(),
        description,
        requestedAt,
        expiresAt: new Date(requestedAt.getTime() + payableMs),
        payerIp: '203.0.113.7',
        returnUrl: 'http://localhost:8080/q/1',
        ...(isInWallet && { payerOpenId: await payerId() }),
        ...given,
        amountFen: fen(given.amountFen ?? 254_70),
      };
    },
    prepay: (one: Order) => prepay(deps, { ...of, ...one }),
    query: (one: Order) => queryTrade(deps, ref(one)),
    close: (one: Order) => closeTrade(deps, ref(one)),
    /** Lets the payer's device do its part, so that the order is at the channel. */
    async open(result: PrepayResult) {
      if (result.state === 'accepted') await driver.open?.(at, result.instructions);
    },
    /** An order that a payer could pay now. @throws when the channel did not take it */
    async placed(given: Given = {}) {
      const one = await verbs.order(given);
      const result = await verbs.prepay(one);
      if (result.state !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
      await verbs.open(result);
      return one;
    },
    pay: (one: { readonly orderNo: string }, outcome = 'paid-no-notification', more: object = {}) =>
      control('POST', `${channel}/pay`, { outTradeNo: one.orderNo, outcome, ...more }),
    async paid(given: Given = {}) {
      const one = await verbs.placed(given);
      await verbs.pay(one);
      return one;
    },
    async codeOrder(outcome: string, given: Given = {}) {
      const { authCode } = await control<{ authCode: string }>('POST', `${channel}/codes`, {
        outcome,
      });
      place.secretsSeen.add(authCode);
      return await verbs.order({ product: 'code', authCode, ...given });
    },
    /** A refund of a paid order, with its verbs. */
    async refundOf(one: Order, amountFen: number, refundNo = newNo()) {
      const found = await verbs.query(one);
      if (found.state !== 'paid') throw new Error(`nothing to give back: ${found.state}`);
      const { tradeNo, paidAt } = found.trade;
      const refund = {
        ...of,
        refundNo,
        amountFen: fen(amountFen),
        reason: '多收退回',
        requestedAt: clock.now(),
        order: { ...one, tradeNo, paidAt },
      };
      const ask = () => queryRefund(deps, refund);
      return {
        refundNo,
        send: () => refundTrade(deps, refund),
        ask,
        /** How it stands once it had the time to end. */
        async end() {
          const first = await ask();
          if (first.state !== 'pending') return await heardOut(one, first);
          await advance(refundMs);
          return await heardOut(one, await ask());
        },
      };
    },
    statement: (day: string, kind: 'trade' | 'fund' = 'trade') =>
      fetchStatement(deps, { ...of, day, kind }),
    atChannel: (one: { readonly orderNo: string }) =>
      control<AtChannel>('GET', `${channel}/orders/${one.orderNo}?mchid=${account.mchId}`),
    book: () => control<Book>('GET', `${channel}/book?mchid=${account.mchId}`),
  };
  return verbs;
}

export interface AtChannel {
  readonly state: 'unpaid' | 'paying' | 'paid' | 'closed' | 'refunded';
  readonly totalFen: number;
  readonly refundedFen: number;
  readonly tradeNo: string | null;
  readonly notifications: readonly { readonly outcome: string; readonly attempts: number }[];
}

interface Book {
  readonly count: number;
  readonly totalFen: number;
  readonly refundCount: number;
  readonly refundedFen: number;
}

/** What the wallet's authorisation page gives to one of its users. */
async function logIn({ system, account, driver, secretsSeen }: Place, user: number) {
  const stored = await system.deps.db.read(system.companyId, (tx) =>
    merchantAccountById(tx, account.merchantAccountId),
  );
  if (!stored) throw new Error('no such merchant account');
  const redirectUrl = `http://localhost:8080/cb/${driver.channel}`;
  const url = authorizeUrl(system.deps, stored, { redirectUrl, state: 'a b&c' });
  const hop = await fetch(url, { redirect: 'manual', headers: { cookie: `sim_user=${user}` } });
  const back = new URL(hop.headers.get('location') ?? '').searchParams;
  const { code, state } = readLoginReturn(driver.channel, back);
  const userAgent = 'Mozilla/5.0 (UnionPay/1.0 CloudPay) (clientVersion 324)';
  const exchange = (one = code) => openIdOf(system.deps, stored, { code: one, userAgent });
  const login = await exchange();
  secretsSeen.add(code).add(idIn(login));
  return { code, state, login, exchange };
}

function idIn(login: object): string {
  if ('openId' in login) return String(login.openId);
  throw new Error(`the payer could not log in: ${JSON.stringify(login)}`);
}

function onceOnly<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
