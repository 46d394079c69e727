import { afterAll, describe, expect, test } from 'vitest';
import { cashierWorld } from '../../../test/cashier-builders.ts';
import { givenSystem } from '../../../test/harness.ts';

const system = await givenSystem();
const cashier = await cashierWorld(system);
afterAll(async () => {
  await cashier.close();
  await system.close();
});
const home = await cashier.home(254_70);
const page = `/q/${home.roomCode}`;
const back = (state: string, code: string) => `/cb/wechat-pay?code=${code}&state=${state}`;

describe('whoever scans is known without typing anything', () => {
  test('one silent hop to the wallet and back, and none the next time', async () => {
    const browser = cashier.browser();
    const hop = await browser.get(page);
    expect(hop.statusCode).toBe(302);
    const url = new URL(String(hop.headers.location));
    expect(url.searchParams.get('redirect')).toBe('http://localhost:8080/cb/wechat-pay');
    const state = url.searchParams.get('state') ?? '';
    expect(state).toMatch(/^[0-9a-zA-Z]{1,128}$/); // What the channel promises to carry.
    const home = await browser.get(back(state, 'code-first'));
    expect([home.statusCode, home.headers.location]).toEqual([302, page]);
    expect((await browser.get(page)).statusCode).toBe(200);
  });

  test('the payer’s id is readable neither in the cookie nor in any address', async () => {
    const browser = cashier.browser();
    const answer = await browser.logIn(home.roomCode, 'code-secret');
    const cookie = answer.cookies.find(({ name }) => name.startsWith('payer-'));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(Buffer.from(cookie?.value ?? '', 'base64url').toString()).not.toContain('secret');
    expect(String(answer.headers.location)).not.toContain('secret');
  });
});

describe('a way back from the wallet that is not ours leads nowhere', () => {
  test('a state of another browser: a link that somebody sent', async () => {
    const theirs = await cashier.browser().stateOf(home.roomCode);
    const mine = cashier.browser();
    await mine.get(page);
    const answer = await mine.get(back(theirs, 'code-attacker'));
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('没有确认您的付款身份');
    expect([...mine.cookies.keys()].some((name) => name.startsWith('payer-'))).toBe(false);
  });

  test('a state that was changed, is too old, or no state at all', async () => {
    const browser = cashier.browser();
    const state = await browser.stateOf(home.roomCode);
    const changed = state.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const otherCode = state.replace(home.roomCode.replace('-', ''), 'w100000000000000000');
    for (const wrong of [changed, otherCode, '', 'x'.repeat(112)]) {
      expect((await browser.get(back(wrong, 'code-x'))).statusCode).toBe(400);
    }
    system.clock.advance(10 * 60_000 + 1000);
    expect((await browser.get(back(state, 'code-x'))).statusCode).toBe(400);
  });

  test('codes made up without end do not use up what the wallet lets us ask', async () => {
    const other = await cashier.home(1_00);
    const statuses: number[] = [];
    for (let round = 0; round < 31; round += 1) {
      const browser = cashier.browser();
      const state = await browser.stateOf(other.roomCode);
      statuses.push((await browser.get(back(state, 'made-up'))).statusCode);
    }
    expect([statuses[0], statuses.at(-1)]).toEqual([400, 429]);
  });

  test('a state is good once, even with a fresh code', async () => {
    const browser = cashier.browser();
    const state = await browser.stateOf(home.roomCode);
    expect((await browser.get(back(state, 'code-once'))).statusCode).toBe(302);
    browser.cookies.delete(`payer-${cashier.world.shortCode}`);
    const again = await browser.get(back(state, 'code-twice'));
    expect([again.statusCode, again.headers.location]).toEqual([302, page]);
    expect(browser.cookies.has(`payer-${cashier.world.shortCode}`)).toBe(false);
  });

  test('a reload of the way back goes on for whoever is known', async () => {
    const browser = cashier.browser();
    const state = await browser.stateOf(home.roomCode);
    await browser.get(back(state, 'code-reload'));
    expect((await browser.get(back(state, 'code-reload'))).headers.location).toBe(page);
    expect((await browser.get(page)).statusCode).toBe(200);
  });

  test('a code that is used up begins the login again, but not in circles', async () => {
    await cashier.browser().logIn(home.roomCode, 'code-shared');
    const browser = cashier.browser();
    const first = await browser.logIn(home.roomCode, 'code-shared');
    expect([first.statusCode, first.headers.location]).toEqual([302, page]);
    const second = await browser.logIn(home.roomCode, 'code-shared');
    expect(second.statusCode).toBe(400);
    expect(second.body).toContain(`href="${page}"`);
  });

  test('a wallet that does not say who it is gets a sentence, not a payment', async () => {
    const answer = await cashier.browser().logIn(home.roomCode, 'nonsense');
    expect([answer.statusCode, answer.body.includes('重新扫码')]).toEqual([400, true]);
  });

  test('a payer’s cookie that was changed, or is another company’s, counts as none', async () => {
    const browser = cashier.browser();
    await browser.logIn(home.roomCode, 'code-cookie');
    const name = `payer-${cashier.world.shortCode}`;
    const cookie = browser.cookies.get(name) ?? '';
    browser.cookies.set(name, cookie.replace(/.{4}$/, 'AAAA'));
    expect((await browser.get(page)).statusCode).toBe(302);
    const other = await cashierWorld(system);
    const theirHome = await other.home(100_00);
    const stranger = other.browser();
    stranger.cookies.set(`payer-${other.world.shortCode}`, cookie);
    expect((await stranger.get(`/q/${theirHome.roomCode}`)).statusCode).toBe(302);
    await other.close();
  });
});

test('an address that tries many codes has to wait, also for a good one', async () => {
  const browser = cashier.browser();
  for (let tried = 0; tried < 30; tried += 1) {
    const digits = String(tried).padStart(17, '0');
    await browser.get(`/q/${cashier.world.shortCode}-${digits}`);
  }
  expect((await browser.get(page)).statusCode).toBe(429);
  system.clock.advance(10 * 60_000);
  expect((await browser.get(page)).statusCode).toBe(302);
});
