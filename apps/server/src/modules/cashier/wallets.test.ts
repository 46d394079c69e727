import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenBills } from '../../../test/billing-builders.ts';
import {
  alipayAgent,
  type Browser,
  cashierWorld,
  computerAgent,
  phoneAgent,
  unionPayAgent,
  wechatAgent,
} from '../../../test/cashier-builders.ts';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem } from '../../../test/harness.ts';
import { sql } from '../../platform/database/index.ts';

const system = await givenSystem();
const cashier = await cashierWorld(system);
afterAll(async () => {
  await cashier.close();
  await system.close();
});
beforeEach(() => {
  cashier.closed.clear();
  cashier.apart.clear();
});

interface Started {
  readonly paymentId: string;
  readonly state: string;
  readonly instructions?: { readonly kind: string };
}

async function payAll(browser: Browser, home: Home, way?: string) {
  const body = { billIds: home.billIds, ...(way && { way }) };
  const answer = await browser.post(`/q/${home.roomCode}/pay`, body);
  return { status: answer.statusCode, ...answer.json<Started & { error?: { code: string } }>() };
}

type Home = { readonly roomCode: string; readonly billIds: readonly string[] };

describe('one code at the door, every wallet', () => {
  test.each([
    ['微信', wechatAgent, 'wechat-pay'],
    ['支付宝', alipayAgent, 'alipay'],
    ['云闪付', unionPayAgent, 'union-pay-qr'],
  ])('%s names its own user and is paid in its own way', async (label, agent, channel) => {
    const home = await cashier.home(100_00);
    const browser = cashier.browser({ agent });
    await browser.logIn(home.roomCode, `code-owner-${channel}`, channel);
    const { body } = await browser.get(`/q/${home.roomCode}`);
    expect(body).toContain(`data-wallet="${label}"`);
    expect(await payAll(browser, home)).toMatchObject({ status: 200, state: 'open' });
    const row = await system.deps.db.read(cashier.world.companyId, (tx) =>
      tx.one(sql<{ channel: string; product: string }>`
        select channel, product from payment.attempt where company_id = ${tx.companyId}
        order by id desc limit 1`),
    );
    expect(row).toEqual({ channel, product: 'jsapi' });
  });

  test('云闪付 without a wallet account goes through the pages of the bank card gateway', async () => {
    cashier.closed.add('union-pay-qr');
    const home = await cashier.home(100_00);
    const browser = cashier.browser({ agent: unionPayAgent });
    expect((await browser.get(`/q/${home.roomCode}`)).body).toContain('data-wallet="银行卡"');
    expect(await payAll(browser, home)).toMatchObject({ instructions: { kind: 'go' } });
  });

  test('the way back of one wallet does not log in at another', async () => {
    const home = await cashier.home(100_00);
    const browser = cashier.browser({ agent: wechatAgent });
    const back = await browser.logIn(home.roomCode, 'code-mixed', 'alipay');
    expect([back.statusCode, back.body.includes('没有确认您的付款身份')]).toEqual([400, true]);
    expect((await browser.get('/cb/no-such-channel?code=1&state=2')).statusCode).toBe(404);
  });

  test('cancelled in WeChat the same bill is paid in Alipay, and only once', async () => {
    const home = await cashier.home(100_00);
    const first = cashier.browser({ agent: wechatAgent });
    await first.logIn(home.roomCode, 'code-switcher');
    await payAll(first, home);
    const { channel } = cashier.world;
    const oldOrder = [...channel.orders.keys()].at(-1) ?? '';
    const second = cashier.browser({ agent: alipayAgent });
    await second.logIn(home.roomCode, 'code-switcher-2', 'alipay');
    expect(await payAll(second, home)).toMatchObject({ status: 200, state: 'open' });
    // Asked and closed at the first wallet before the second one got an order.
    expect(channel.orders.get(oldOrder)?.state).toBe('closed');
    await cashier.collect();
    const { body } = await second.get(`/q/${home.roomCode}`);
    expect(body).toContain('没有待缴账单');
  });
});

describe('an ordinary browser', () => {
  test('that names itself anew with every tap keeps no neighbour from paying', async () => {
    const home = await cashier.home(100_00);
    const neighbour = cashier.browser({ agent: wechatAgent });
    await neighbour.logIn(home.roomCode, 'code-neighbour');
    await payAll(neighbour, home);
    const codes: (string | undefined)[] = [];
    for (let tap = 0; tap < 7; tap += 1) {
      const stranger = cashier.browser({ agent: phoneAgent });
      await stranger.get(`/q/${home.roomCode}`);
      codes.push((await payAll(stranger, home, 'alipay.h5')).error?.code);
    }
    expect(codes.slice(-2)).toEqual(['TAKEOVER_TOO_OFTEN', 'TAKEOVER_TOO_OFTEN']);
    expect(await payAll(neighbour, home)).toMatchObject({ status: 200, state: 'open' });
  });

  test('may not tap without end by forgetting its cookies', async () => {
    const home = await cashier.home(100_00);
    let last: Awaited<ReturnType<typeof payAll>> | undefined;
    for (let tap = 0; tap < 31; tap += 1) {
      const browser = cashier.browser({ agent: phoneAgent });
      await browser.get(`/q/${home.roomCode}`);
      last = await payAll(browser, home, 'alipay.h5');
    }
    expect(last?.error?.code).toBe('PAYING_TOO_OFTEN');
  });

  test('on a phone chooses between the wallets’ pages, and may scan instead', async () => {
    const home = await cashier.home(100_00);
    const browser = cashier.browser({ agent: phoneAgent });
    const { body } = await browser.get(`/q/${home.roomCode}`);
    for (const words of ['用微信支付', '用支付宝支付', '用银行卡支付']) {
      expect(body).toContain(words);
    }
    expect(body).toContain('微信、支付宝、云闪付扫码缴费');
    const chosen = await browser.get(`/q/${home.roomCode}?way=alipay.h5`);
    expect(chosen.body).toContain('<button>确认支付 ¥100.00</button>');
    expect(chosen.body).toContain('换一种支付方式');
    const paid = await payAll(browser, home, 'alipay.h5');
    expect(paid).toMatchObject({ status: 200, instructions: { kind: 'go' } });
    const go = await browser.get(`/q/${home.roomCode}/payments/${paid.paymentId}/go`);
    expect(go.headers.location).toMatch(/^https:\/\/pay\.test\/h5\//);
    // Some channels look at the domain that the visitor comes from, and need no more.
    expect(go.headers['referrer-policy']).toBe('strict-origin');
  });

  test('on a computer posts the bank’s form, or shows a code to scan', async () => {
    const home = await cashier.home(100_00);
    const browser = cashier.browser({ agent: computerAgent });
    await browser.get(`/q/${home.roomCode}`);
    const byForm = await payAll(browser, home, 'alipay.page');
    const form = await browser.get(`/q/${home.roomCode}/payments/${byForm.paymentId}/go`);
    expect(form.body).toContain('action="https://pay.test/form"');
    expect(form.headers['content-security-policy']).toContain(
      "form-action 'self' https://pay.test;",
    );
    const other = await cashier.home(100_00);
    const byCode = await payAll(browser, other, 'wechat-pay.native');
    const code = await browser.get(`/q/${other.roomCode}/payments/${byCode.paymentId}/go`);
    expect(code.body).toMatch(/请用微信扫码支付.*<svg /s);
  });

  test('a way that was switched off meanwhile is refused, and nothing is begun', async () => {
    const home = await cashier.home(100_00);
    const browser = cashier.browser({ agent: phoneAgent });
    await browser.get(`/q/${home.roomCode}?way=alipay.h5`);
    cashier.closed.add('alipay');
    const refused = await payAll(browser, home, 'alipay.h5');
    expect(refused).toMatchObject({ status: 409, error: { code: 'WAY_CLOSED' } });
    expect(await payAll(browser, home, 'bitcoin.h5')).toMatchObject({ status: 409 });
  });

  test('comes back by a form of another site, and our own books say what happened', async () => {
    const home = await cashier.home(100_00);
    const browser = cashier.browser({ agent: phoneAgent });
    await browser.get(`/q/${home.roomCode}`);
    const { paymentId } = await payAll(browser, home, 'union-pay.h5');
    const back = await cashier.app.inject({
      method: 'POST',
      url: `/q/${home.roomCode}/payments/${paymentId}/back`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://gateway.test',
        'sec-fetch-site': 'cross-site',
      },
      payload: 'respCode=00&txnAmt=1',
    });
    const receipt = `/q/${home.roomCode}/payments/${paymentId}/receipt`;
    expect(back.statusCode).toBe(200);
    expect(back.body).toContain(`content="0;url=${receipt}"`);
    // What the browser carried proves nothing.
    expect((await browser.get(receipt)).body).not.toContain('支付成功');
    await cashier.collect();
    expect((await browser.get(receipt)).body).toContain('支付成功');
  });

  test('nobody sees the payment of another browser', async () => {
    const home = await cashier.home(100_00);
    const browser = cashier.browser({ agent: phoneAgent });
    await browser.get(`/q/${home.roomCode}`);
    const { paymentId } = await payAll(browser, home, 'alipay.h5');
    const stranger = cashier.browser({ agent: phoneAgent });
    await stranger.get(`/q/${home.roomCode}`);
    for (const page of ['', '/go', '/receipt']) {
      const url = `/q/${home.roomCode}/payments/${paymentId}${page}`;
      expect((await stranger.get(url)).statusCode).toBe(404);
    }
  });
});

describe('a cart whose money goes into two accounts', () => {
  async function homeOfTwoAccounts() {
    const { companyId } = cashier.world;
    const unit = await givenUnit(system, { companyId });
    const own = { companyId, unitId: unit.unitId };
    const [first] = (await givenBills(system, { ...own, amountsFen: [100_00] })).bills;
    const apart = await givenBills(system, { ...own, amountsFen: [30_00], feeItemName: '停车费' });
    const [second] = apart.bills;
    cashier.apart.add(second?.feeItemId ?? '');
    return { ...unit, first: first?.id ?? '', second: second?.id ?? '' };
  }

  test('is shown as two payments, and paid one after the other', async () => {
    const home = await homeOfTwoAccounts();
    const browser = cashier.browser();
    // Two apps: the wallet names the payer at each of them.
    await browser.logIn(home.roomCode, 'code-two');
    await browser.logIn(home.roomCode, 'code-two-again');
    const { body } = await browser.get(`/q/${home.roomCode}`);
    expect(body).toContain('需要分 2 笔支付');
    expect(body).toContain('第 1 笔：¥100.00');
    expect(body).toContain('第 2 笔：¥30.00');
    const both = { roomCode: home.roomCode, billIds: [home.first, home.second] };
    expect(await payAll(browser, both)).toMatchObject({
      status: 409,
      error: { code: 'BILLS_OF_TWO_ACCOUNTS' },
    });
    const one = await payAll(browser, { roomCode: home.roomCode, billIds: [home.first] });
    await cashier.collect();
    const receipt = `/q/${home.roomCode}/payments/${one.paymentId}/receipt`;
    expect((await browser.get(receipt)).body).toContain('还有 1 项待缴，继续支付');
    expect(
      await payAll(browser, { roomCode: home.roomCode, billIds: [home.second] }),
    ).toMatchObject({ status: 200, state: 'open' });
  });
});
