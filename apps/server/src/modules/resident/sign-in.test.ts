import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { type ResidentWorld, residentWorld } from '../../../test/resident-world.ts';

let system: TestSystem;
let world: ResidentWorld;
beforeAll(async () => {
  system = await givenSystem();
  world = await residentWorld(system);
});
afterAll(async () => {
  await world.close();
  await system.close();
});

const company = 'test';
let phones = 0;
const newPhone = () => `1390000${String((phones += 1)).padStart(4, '0')}`;
const minute = 60_000;

describe('by a code that comes by SMS', () => {
  test('somebody new has an account, and the same one the next time', async () => {
    const phone = newPhone();
    const first = await world.device().signInByPhone(phone);
    expect(first.json()).toMatchObject({ isNew: true, token: null, me: { homes: 0 } });
    expect(first.json().me.phoneMasked).toBe(`139****${phone.slice(-4)}`);
    const other = await world.device().signInByPhone(phone);
    expect(other.json()).toMatchObject({ isNew: false });
    expect(other.json().me.accountId).toBe(first.json().me.accountId);
  });

  test('a page has a cookie that no script reads, a mini-program a token', async () => {
    const page = world.device();
    const answer = await page.signInByPhone(newPhone());
    const cookie = answer.cookies.find(({ name }) => name === 'resident-test');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    // What the page keeps is told apart by a mark, which is no secret and no part of one.
    const mark = answer.cookies.find(({ name }) => name === 'mark-test');
    expect(mark?.httpOnly).toBeUndefined();
    expect(cookie?.value).not.toContain(mark?.value);
    expect((await page.me()).accountId).toBe(answer.json().me.accountId);
    const program = world.device();
    const told = await program.signInByPhone(newPhone(), 'wechat');
    expect(told.cookies).toEqual([]);
    expect((await program.me()).accountId).toBe(told.json().me.accountId);
  });

  test('the answer is the same whether or not anybody is known by the phone', async () => {
    const known = newPhone();
    await world.signedInByPhone(known);
    const ask = async (phone: string) => {
      const answer = await world.device().send('POST', '/api/resident/codes', { company, phone });
      const { codeId, ...rest } = answer.json();
      return { status: answer.statusCode, rest, isId: typeof codeId === 'string' };
    };
    expect(await ask(known)).toEqual(await ask(newPhone()));
  });

  test('a code is good once, also for 32 who type it at the same moment', async () => {
    const phone = newPhone();
    const asker = world.device();
    const { codeId } = (await asker.send('POST', '/api/resident/codes', { company, phone })).json();
    const code = world.sent.at(-1)?.code;
    const typed = { company, surface: 'h5', codeId, code };
    const answers = await Promise.all(
      Array.from({ length: 32 }, () =>
        world.device().send('POST', '/api/resident/session/phone', typed),
      ),
    );
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400)).toHaveLength(31);
    const replayed = await asker.send('POST', '/api/resident/session/phone', typed);
    expect(replayed.json().error.code).toBe('CODE_WRONG');
  });

  test('after five wrong tries the right digits are refused, as after five minutes', async () => {
    const phone = newPhone();
    const guesser = world.device();
    const { codeId } = (
      await guesser.send('POST', '/api/resident/codes', { company, phone })
    ).json();
    const code = world.sent.at(-1)?.code ?? '';
    const wrong = code === '000000' ? '000001' : '000000';
    const type = (digits: string, id = codeId) =>
      guesser.send('POST', '/api/resident/session/phone', {
        company,
        surface: 'h5',
        codeId: id,
        code: digits,
      });
    const guesses = await Promise.all(Array.from({ length: 12 }, () => type(wrong)));
    expect(guesses.every(({ statusCode }) => statusCode === 400)).toBe(true);
    expect((await type(code)).json().error.code).toBe('CODE_WRONG');
    const late = world.device();
    const asked = await late.send('POST', '/api/resident/codes', { company, phone });
    const lateCode = world.sent.at(-1)?.code ?? '';
    system.clock.advance(5 * minute + 1000);
    expect((await type(lateCode, asked.json().codeId)).json().error.code).toBe('CODE_WRONG');
  });

  test('the digits are written nowhere, nor is the phone', async () => {
    const phone = newPhone();
    const asked = await world.device().send('POST', '/api/resident/codes', { company, phone });
    const code = world.sent.at(-1)?.code ?? '';
    const { rows } = await system.deps.db.read(system.companyId, (tx) =>
      tx.client.query('select * from resident.code where company_id = $1 and id = $2', [
        system.companyId,
        asked.json().codeId,
      ]),
    );
    const text = JSON.stringify({ ...rows[0], id: '' });
    expect(rows).toHaveLength(1);
    expect([text.includes(code), text.includes(phone)]).toEqual([false, false]);
  });

  test('a second code within a minute is refused; a stranger cannot use them all up', async () => {
    const phone = newPhone();
    const mine = world.device();
    const stranger = world.device();
    const ask = (device: typeof mine) =>
      device.send('POST', '/api/resident/codes', { company, phone });
    expect((await ask(stranger)).statusCode).toBe(200);
    const soon = await ask(stranger);
    expect([soon.statusCode, soon.json().error.code]).toEqual([429, 'CODE_TOO_OFTEN']);
    const statuses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      system.clock.advance(minute + 1000);
      statuses.push((await ask(stranger)).statusCode);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(4);
    expect((await ask(mine)).statusCode).toBe(200);
    const before = world.sent.length;
    for (let round = 0; round < 20; round += 1) await ask(world.device());
    expect(world.sent.length - before).toBe(4); // Ten a day, whoever asks.
    system.clock.advance(24 * 60 * minute);
    expect((await ask(mine)).statusCode).toBe(200);
  });

  test('one address cannot send codes to half the town', async () => {
    const address = world.device({ ip: '203.0.113.9' });
    const statuses: number[] = [];
    for (let sent = 0; sent < 62; sent += 1) {
      const answer = await address.send('POST', '/api/resident/codes', {
        company,
        phone: newPhone(),
      });
      statuses.push(answer.statusCode);
    }
    expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(60)).toEqual([429, 429]);
  });

  test('what is no phone, no company or cannot be sent is said so', async () => {
    const device = world.device();
    const ask = (body: object) => device.send('POST', '/api/resident/codes', body);
    expect((await ask({ company, phone: '12345' })).statusCode).toBe(400);
    expect((await ask({ company: 'nobody', phone: newPhone() })).statusCode).toBe(404);
    const unsent = await ask({ company, phone: '13800000000' });
    expect([unsent.statusCode, unsent.json().error.code]).toEqual([503, 'CODE_NOT_SENT']);
  });

  test('32 first sign-ins of one phone make one account', async () => {
    const phone = newPhone();
    const codes: { codeId: string; code: string | undefined }[] = [];
    for (let round = 0; round < 4; round += 1) {
      const asked = await world.device().send('POST', '/api/resident/codes', { company, phone });
      codes.push({ codeId: asked.json().codeId, code: world.sent.at(-1)?.code });
    }
    const answers = await Promise.all(
      codes.map((typed) =>
        world
          .device()
          .send('POST', '/api/resident/session/phone', { company, surface: 'h5', ...typed }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.json().me.accountId)).size).toBe(1);
  });
});

describe('by the wallet', () => {
  test('the mini-program signs in without asking, to the same account each time', async () => {
    const first = await world.device().signInByWallet('anna');
    const again = await world.device().signInByWallet('anna');
    expect([first.json().isNew, again.json().isNew]).toEqual([true, false]);
    expect(again.json().me.accountId).toBe(first.json().me.accountId);
    const alipay = await world.device().signInByWallet('anna', 'alipay');
    expect(alipay.json().isNew).toBe(true); // Another wallet knows her by another id.
  });

  test('32 sign-ins of somebody new at once make one account', async () => {
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => world.device().signInByWallet('bea')),
    );
    const accounts = new Set(answers.map((answer) => answer.json().me.accountId));
    expect([answers.every(({ statusCode }) => statusCode === 200), accounts.size]).toEqual([
      true,
      1,
    ]);
  });

  test('a code that was used, made up or is of no wallet here signs nobody in', async () => {
    const send = (body: object) =>
      world.device().send('POST', '/api/resident/session/wallet', { company, ...body });
    const good = { channel: 'wechat-pay', loginCode: 'code-carl#1' };
    expect((await send(good)).statusCode).toBe(200);
    expect((await send(good)).json().error.code).toBe('WALLET_LOGIN_FAILED');
    expect((await send({ ...good, loginCode: 'made-up' })).statusCode).toBe(401);
    expect((await send({ ...good, channel: 'union-pay' })).statusCode).toBe(404);
    expect((await send({ ...good, appId: 'not-ours' })).statusCode).toBe(404);
  });

  const hop = async (device: ReturnType<ResidentWorld['device']>, more = '') => {
    const url = `/api/resident/wallet-login/wechat-pay?company=${company}${more}`;
    const answer = await device.send('GET', url);
    return new URL(String(answer.headers.location)).searchParams.get('state') ?? '';
  };
  const back = (state: string, code: string) =>
    `/api/resident/wallet-return/wechat-pay?code=${code}&state=${state}`;

  const failedTo = (page: string) =>
    `/r/test/sign-in?login=WALLET_LOGIN_FAILED&back=${encodeURIComponent(page)}`;

  test('a page goes to the wallet and comes back signed in, to where it was', async () => {
    const device = world.device();
    const state = await hop(device, '&next=/r/test/bills');
    expect(state).toMatch(/^[0-9a-zA-Z]{1,128}$/);
    const answer = await device.send('GET', back(state, 'code-dora'));
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/r/test/bills']);
    expect((await device.me()).wallets).toHaveLength(1);
  });

  test('the way back leads into the app only, whatever the link says', async () => {
    const nexts = ['//evil.example', 'https://evil.example', '/r/test//evil', '/r/other/', '/q/x'];
    for (const [index, next] of nexts.entries()) {
      const device = world.device();
      const state = await hop(device, `&next=${encodeURIComponent(next)}`);
      const answer = await device.send('GET', back(state, `code-next${index}`));
      expect(answer.headers.location).toBe('/r/test/');
    }
  });

  test('a link with somebody else’s state signs nobody in', async () => {
    const attacker = world.device();
    const state = await hop(attacker);
    const victim = world.device();
    await hop(victim);
    const answer = await victim.send('GET', back(state, 'code-attacker'));
    expect(answer.headers.location).toBe(failedTo('/r/test/'));
    expect(victim.cookies.has('resident-test')).toBe(false);
  });

  test('a state is good once and for ten minutes, and a changed one never', async () => {
    const device = world.device();
    const state = await hop(device);
    const changed = state.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const failed = failedTo('/r/test/');
    expect((await device.send('GET', back(changed, 'code-e1'))).headers.location).toBe(failed);
    expect((await device.send('GET', back(state, 'code-e2'))).headers.location).toBe('/r/test/');
    expect((await device.send('GET', back(state, 'code-e3'))).headers.location).toBe(failed);
    const late = await hop(device);
    system.clock.advance(10 * minute + 1000);
    expect((await device.send('GET', back(late, 'code-e4'))).headers.location).toBe(failed);
    expect((await device.send('GET', back('rubbish', 'code-e5'))).statusCode).toBe(401);
  });

  test('the page is told which wallet it was opened in', async () => {
    const answer = await world.app.inject({
      url: `/api/resident/sign-in-ways?company=${company}`,
      headers: { 'user-agent': 'Android MicroMessenger/8' },
    });
    expect(answer.json().wallets).toMatchObject([
      { channel: 'wechat-pay', appId: 'app-wechat-pay', isHere: true },
      { channel: 'alipay', isHere: false },
    ]);
  });
});
