import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { systemActor } from '../../platform/actor.ts';
import { sql } from '../../platform/database/index.ts';
import { createApp } from '../../platform/http/index.ts';
import {
  addIdentityRoutes,
  authenticate,
  builtInRoleId,
  createCompany,
  createStaff,
  identityTasks,
} from './index.ts';

let system: TestSystem;
let app: FastifyInstance;
let companyId: string;
let people = 0;
let loginName: string;
let staffId: string;
const password = '春江花月夜 2026';
const hourMs = 3_600_000;

beforeAll(async () => {
  system = await givenSystem();
  const company = { name: '平安物业', shortCode: 'pawy' };
  ({ companyId } = await createCompany(system.deps, company));
  app = await appAt(system.deps.publicUrl);
});
afterAll(async () => {
  await app.close();
  await system.close();
});
beforeEach(async () => {
  people += 1;
  loginName = `cashier${people}`;
  ({ staffId } = await createStaff(system.deps, {
    companyId,
    loginName,
    displayName: '王小姐',
    password,
    roleIds: [builtInRoleId(companyId, 'cashier')],
    by: systemActor(companyId, 'test'),
  }));
});

async function appAt(publicUrl: string): Promise<FastifyInstance> {
  const deps = { ...system.deps, publicUrl };
  const made = await createApp({
    publicUrl,
    authenticate: (request) => authenticate(deps, request),
  });
  addIdentityRoutes(made, deps);
  return made;
}

let address = 0;
function signIn(name: string, word: string, of = app) {
  address += 1;
  return of.inject({
    method: 'POST',
    url: '/api/session',
    payload: { loginName: name, password: word },
    remoteAddress: `10.1.${address >> 8}.${address & 255}`,
  });
}

async function tokenOf(name = loginName, word = password): Promise<string> {
  const answer = await signIn(name, word);
  expect(answer.statusCode).toBe(200);
  return answer.cookies[0]?.value ?? '';
}

function me(token: string) {
  return app.inject({ url: '/api/session', cookies: { wuye_session: token } });
}

describe('signing in', () => {
  test('shows who one is and what one may do', async () => {
    const answer = await signIn(loginName, password);
    expect(answer.json()).toMatchObject({
      loginName,
      displayName: '王小姐',
      company: { id: companyId, name: '平安物业', shortCode: 'pawy', timeZone: 'Asia/Shanghai' },
    });
    expect(answer.json().permissions).toContain('payment.desk');
    expect(answer.json().permissions).not.toContain('identity.manage');
    expect(answer.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(answer.cookies[0]?.secure).toBeUndefined();
  });
  test('over https the cookie never travels in the clear', async () => {
    const secure = await appAt('https://pay.example.cn');
    const answer = await signIn(loginName, password, secure);
    expect(answer.cookies[0]?.secure).toBe(true);
    await secure.close();
  });
  test('takes the name in capitals and full-width letters', async () => {
    const wide = loginName.replace('cashier', 'Ｃashier').toUpperCase();
    expect((await signIn(` ${wide} `, password)).statusCode).toBe(200);
  });
  test('keeps neither the password nor the token in the database', async () => {
    const token = await tokenOf();
    const dump = await system.deps.jobsDb.global.one(sql<{ text: string }>`
      select string_agg(staff::text, '') || (select string_agg(session::text, '')
        from identity.session as session) as text from identity.staff as staff`);
    expect(dump.text).not.toContain(password);
    expect(dump.text).not.toContain(token.split('.')[1]);
    expect(dump.text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });
  test('is in the audit log', async () => {
    system.clock.advance(1000);
    await tokenOf();
    const rows = await system.deps.db.read(companyId, (tx) =>
      tx.many(sql`select action from platform.pub_audit_entry
        where company_id = ${companyId} and subject_id = ${staffId} order by id`),
    );
    expect(rows).toEqual([{ action: 'identity.create_staff' }, { action: 'identity.sign_in' }]);
  });
});

describe('a wrong password and an unknown name', () => {
  test('get the same answer', async () => {
    const wrong = await signIn(loginName, 'not the password');
    const unknown = await signIn('nobody-of-that-name', 'not the password');
    const bare = ({ error }: { error: object }) => ({ ...error, requestId: '' });
    expect(wrong.statusCode).toBe(401);
    expect(unknown.statusCode).toBe(wrong.statusCode);
    expect(bare(unknown.json())).toEqual(bare(wrong.json()));
  });
  test.each([
    ['known', () => loginName],
    ['unknown', () => `nobody${people}`],
  ])('of a %s name lock it after eight tries, for a quarter of an hour', async (_kind, name) => {
    const answers = [];
    for (let tries = 0; tries < 9; tries += 1) {
      answers.push((await signIn(name(), 'not the password')).statusCode);
    }
    expect(answers).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 429]);
    const locked = await signIn(name(), password);
    expect(locked.json().error.message).toBe('登录尝试过多，请 15 分钟后再试，或请管理员解除锁定');
    system.clock.advance(15 * 60_000);
    expect((await signIn(name(), password)).statusCode).toBe(name() === loginName ? 200 : 401);
  });
  test('cannot be tried a hundred times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => signIn(loginName, 'not the password')),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(8);
  });
  test('take about the same time', async () => {
    const time = async (name: string) => {
      const startedAt = performance.now();
      await signIn(name, 'not the password');
      return performance.now() - startedAt;
    };
    await time('warm-up');
    const known = Math.min(await time(loginName), await time(loginName), await time(loginName));
    const unknown = Math.min(await time('no1'), await time('no2'), await time('no3'));
    // Without the hash it would be a twentieth.
    expect(unknown).toBeGreaterThan(known / 3);
  });
});

test('one address gets thirty tries a minute, whoever it tries to be', async () => {
  const from = (index: number) =>
    app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { loginName: `guess${index}`, password: 'x' },
      remoteAddress: '192.0.2.7',
    });
  const answers = [];
  for (let index = 0; index < 32; index += 1) answers.push((await from(index)).statusCode);
  expect(answers).toEqual([...Array(30).fill(401), 429, 429]);
});

describe('a session', () => {
  test('ends after four hours without use', async () => {
    const token = await tokenOf();
    system.clock.advance(3 * hourMs);
    expect((await me(token)).statusCode).toBe(200);
    system.clock.advance(3 * hourMs);
    expect((await me(token)).statusCode).toBe(200);
    system.clock.advance(4 * hourMs);
    expect((await me(token)).statusCode).toBe(401);
  });
  test('ends after twelve hours however much it is used', async () => {
    const token = await tokenOf();
    for (let hours = 1; hours < 12; hours += 1) {
      system.clock.advance(hourMs);
      expect((await me(token)).statusCode).toBe(200);
    }
    system.clock.advance(hourMs);
    expect((await me(token)).statusCode).toBe(401);
  });
  test('is worth nothing after signing out', async () => {
    const token = await tokenOf();
    const cookies = { wuye_session: token };
    const out = await app.inject({ method: 'DELETE', url: '/api/session', cookies });
    expect(out.statusCode).toBe(200);
    expect((await me(token)).statusCode).toBe(401);
  });
  test.each([
    ['no token', ''],
    ['another format', 'abc'],
    ['another company', `${'0'.repeat(32)}.${'a'.repeat(43)}`],
    ['a text for the database', `' or 1=1 --`],
  ])('is not made by %s', async (_name, token) => {
    expect((await me(token)).statusCode).toBe(401);
  });
  test('with its company replaced by another is not accepted there', async () => {
    const { companyId: other } = await createCompany(system.deps, {
      name: '另一家',
      shortCode: `oth${people}`,
    });
    const token = await tokenOf();
    const forged = `${other.replaceAll('-', '')}.${token.split('.')[1]}`;
    expect((await me(forged)).statusCode).toBe(401);
  });
  test('is deleted long after its end', async () => {
    await tokenOf();
    system.clock.advance(91 * 24 * hourMs);
    for (const task of identityTasks(system.deps)) await task.run();
    const left = await system.deps.jobsDb.global.one(
      sql`select count(*) as count from identity.session`,
    );
    expect(left).toEqual({ count: 0 });
  });
});

describe('a new password', () => {
  const change = (token: string, currentPassword: string, newPassword: string) =>
    app.inject({
      method: 'POST',
      url: '/api/session/password',
      cookies: { wuye_session: token },
      payload: { currentPassword, newPassword },
    });
  test('ends every session of the person and begins one anew', async () => {
    const [here, there] = [await tokenOf(), await tokenOf()];
    const answer = await change(here, password, '千里江陵一日还 99');
    expect(answer.statusCode).toBe(200);
    expect((await me(here)).statusCode).toBe(401);
    expect((await me(there)).statusCode).toBe(401);
    expect((await me(answer.cookies[0]?.value ?? '')).statusCode).toBe(200);
    expect((await signIn(loginName, password)).statusCode).toBe(401);
    expect((await signIn(loginName, '千里江陵一日还 99')).statusCode).toBe(200);
  });
  test('needs the current one, and few tries at it', async () => {
    const token = await tokenOf();
    const wrong = await change(token, 'not it', '千里江陵一日还 99');
    expect(wrong.json().error).toMatchObject({
      code: 'PASSWORD_WRONG',
      problems: [{ field: 'currentPassword', reason: '当前密码不正确' }],
    });
    for (let tries = 0; tries < 7; tries += 1) await change(token, 'not it', '千里江陵一日还 99');
    expect((await change(token, password, '千里江陵一日还 99')).statusCode).toBe(429);
  });
  test.each(['1234567890', 'aaaaaaaaaaaa', 'short'])('like %s is refused', async (weak) => {
    const token = await tokenOf();
    expect((await change(token, password, weak)).statusCode).toBe(400);
  });
});
