import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { type Browser, cashierWorld, wechatAgent } from '../../../test/cashier-builders.ts';
import { givenSystem } from '../../../test/harness.ts';

const system = await givenSystem();
const cashier = await cashierWorld(system);
const { channel } = cashier.world;
afterAll(async () => {
  await cashier.close();
  await system.close();
});

interface Started {
  readonly paymentId: string;
  readonly state: string;
  readonly amountFen: number;
  readonly instructions?: { params: { package: string } };
  readonly error?: { code: string; message: string };
}
type Home = Awaited<ReturnType<typeof cashier.home>>;

async function payerAt(home: Home, name: string): Promise<Browser> {
  const browser = cashier.browser();
  await browser.logIn(home.roomCode, `code-${name}-${home.roomCode}`);
  return browser;
}

async function pay(browser: Browser, home: Home, billIds = home.billIds) {
  const answer = await browser.post(`/q/${home.roomCode}/pay`, { billIds });
  return { status: answer.statusCode, ...answer.json<Started>() };
}

describe('paying', () => {
  test('one tap gives what the wallet needs; a second tap gives the same payment', async () => {
    const home = await cashier.home(254_70, 486_00);
    const browser = await payerAt(home, 'tap');
    const first = await pay(browser, home);
    expect(first).toMatchObject({ status: 200, state: 'open', amountFen: 740_70 });
    expect(first.instructions?.params.package).toMatch(/^prepay_id=/);
    expect(await pay(browser, home)).toMatchObject({ paymentId: first.paymentId });
  });

  test('unticked bills stay open', async () => {
    const home = await cashier.home(254_70, 486_00);
    const browser = await payerAt(home, 'untick');
    expect(await pay(browser, home, [home.billIds[0]!])).toMatchObject({ amountFen: 254_70 });
    await cashier.collect();
    const { body } = await browser.get(`/q/${home.roomCode}`);
    expect(body).toContain('<button>确认支付 ¥486.00</button>');
  });

  test('the receipt names home, bills, amount, number and time, in both languages', async () => {
    const home = await cashier.home(254_70);
    const browser = await payerAt(home, 'receipt');
    const { paymentId } = await pay(browser, home);
    const path = `/q/${home.roomCode}/payments/${paymentId}`;
    expect((await browser.get(path)).json()).toMatchObject({ state: 'open', amountFen: 254_70 });
    const early = await browser.get(`${path}/receipt`);
    expect(early.body).toContain('正在确认，请勿重复支付');
    await cashier.collect();
    expect((await browser.get(path)).json()).toMatchObject({ state: 'paid' });
    const { body } = await browser.get(`${path}/receipt`);
    for (const words of ['✓ 支付成功', '缴费收据 Receipt', '¥254.70', home.label, '2026年11月']) {
      expect(body).toContain(words);
    }
    expect(body).toContain('2026-11-24 10:00:00');
    expect(body).toContain([...channel.orders.keys()].at(-1));
    expect((await browser.get(`/q/${home.roomCode}`)).body).toContain('没有待缴账单');
  });

  test('a silent channel means wait, not failed', async () => {
    const home = await cashier.home(254_70);
    const browser = await payerAt(home, 'slow');
    channel.fail('prepay', 'lost-after');
    const slow = await pay(browser, home);
    expect(slow).toMatchObject({ status: 200, state: 'processing' });
    expect(slow.instructions).toBeUndefined();
    const again = await pay(browser, home);
    expect(again).toMatchObject({ paymentId: slow.paymentId, state: 'open' });
    expect(again.instructions).toBeDefined();
  });
});

describe('two people and one bill', () => {
  test('the second is told that somebody is paying, may pay, and nobody pays twice', async () => {
    const home = await cashier.home(254_70);
    const wife = await payerAt(home, 'wife');
    const husband = await payerAt(home, 'husband');
    const first = await pay(wife, home);
    expect((await husband.get(`/q/${home.roomCode}`)).body).toContain('有人正在支付');
    expect((await wife.get(`/q/${home.roomCode}`)).body).not.toContain('有人正在支付');
    const second = await pay(husband, home);
    expect(second).toMatchObject({ status: 200, state: 'open' });
    const state = await wife.get(`/q/${home.roomCode}/payments/${first.paymentId}`);
    expect(state.json()).toMatchObject({ state: 'closed' });
  });

  test('paid by somebody else meanwhile: said so, and the page shows nothing due', async () => {
    const home = await cashier.home(254_70);
    const wife = await payerAt(home, 'quick');
    const husband = await payerAt(home, 'slow');
    await pay(wife, home);
    await cashier.collect();
    const late = await pay(husband, home);
    expect(late.status).toBe(409);
    expect(late.error?.message).toMatch(/已付清/);
    expect((await husband.get(`/q/${home.roomCode}`)).body).toContain('没有待缴账单');
  });

  test('a payer whose time is over is told to wait while the channel is asked', async () => {
    const home = await cashier.home(254_70);
    const browser = await payerAt(home, 'over');
    const { paymentId } = await pay(browser, home);
    expect((await browser.get(`/q/${home.roomCode}`)).body).toContain(
      `data-payment="${paymentId}" data-over=""`,
    );
    system.clock.advance(6 * 60_000);
    const { body } = await browser.get(`/q/${home.roomCode}`);
    expect(body).toContain(`data-payment="${paymentId}" data-over="1"`);
    const state = await browser.get(`/q/${home.roomCode}/payments/${paymentId}`);
    expect(state.json()).toMatchObject({ state: 'processing' });
  });
});

describe('nobody looks into what others pay', () => {
  test('another payer, another home, no cookie: the payment does not exist', async () => {
    const home = await cashier.home(254_70);
    const otherHome = await cashier.home(100_00);
    const browser = await payerAt(home, 'private');
    const { paymentId } = await pay(browser, home);
    const stranger = await payerAt(home, 'stranger');
    for (const part of ['', '/receipt', '/events']) {
      const path = `/q/${home.roomCode}/payments/${paymentId}${part}`;
      expect((await stranger.get(path)).statusCode).toBe(404);
      expect((await cashier.browser().get(path)).statusCode).toBe(401);
      const elsewhere = `/q/${otherHome.roomCode}/payments/${paymentId}${part}`;
      expect((await browser.get(elsewhere)).statusCode).toBe(404);
    }
    expect((await browser.get(`/q/${home.roomCode}/payments/1`)).statusCode).toBe(404);
  });

  test('bills of another home are not paid with this code', async () => {
    const home = await cashier.home(254_70);
    const otherHome = await cashier.home(100_00);
    const browser = await payerAt(home, 'mixed');
    const answer = await pay(browser, home, [...home.billIds, ...otherHome.billIds]);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(channel.orders.size).toBe(await orders());
  });

  test('without the wallet’s login nothing is paid', async () => {
    const home = await cashier.home(254_70);
    const answer = await cashier.browser().post(`/q/${home.roomCode}/pay`, {
      billIds: home.billIds,
    });
    expect(answer.statusCode).toBe(401);
  });

  test('another site cannot make a browser pay', async () => {
    const home = await cashier.home(254_70);
    const browser = await payerAt(home, 'csrf');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await cashier.app.inject({
      method: 'POST',
      url: `/q/${home.roomCode}/pay`,
      headers: { cookie, origin: 'https://evil.test', 'user-agent': wechatAgent },
      payload: { billIds: home.billIds },
    });
    expect(answer.statusCode).toBe(403);
  });

  test('a payer who taps without end has to wait', async () => {
    const home = await cashier.home(254_70);
    const browser = await payerAt(home, 'tapper');
    const statuses = new Set<number>();
    for (let taps = 0; taps < 31; taps += 1) statuses.add((await pay(browser, home)).status);
    expect([...statuses]).toEqual([200, 429]);
  });
});

test('the page hears that it is paid at once', async () => {
  const home = await cashier.home(254_70);
  const browser = await payerAt(home, 'events');
  const { paymentId } = await pay(browser, home);
  await cashier.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = cashier.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/q/${home.roomCode}/payments/${paymentId}/events`;
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const stream = await fetch(url, { headers: { cookie } });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const until = async (words: string) => {
    while (!heard.includes(words)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended after: ${heard}`);
      heard += value;
    }
  };
  await until('"state":"open"');
  await cashier.collect();
  await until('"state":"paid"');
  expect((await reader.read()).done).toBe(true);
});

async function orders(): Promise<number> {
  return channel.orders.size;
}
