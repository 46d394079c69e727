import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { sql } from '../../platform/database/index.ts';
import { createApp } from '../../platform/http/index.ts';
import {
  addIdentityRoutes,
  authenticate,
  builtInRoleId,
  companyByShortCode,
  companyOf,
  createCompany,
  ensureFirstAdministrator,
} from './index.ts';

let system: TestSystem;
let app: FastifyInstance;
let companyId: string;
let admin: string;
let companies = 0;

beforeAll(async () => {
  system = await givenSystem();
  app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: (request) => authenticate(system.deps, request),
  });
  addIdentityRoutes(app, system.deps);
});
afterAll(async () => {
  await app.close();
  await system.close();
});
beforeEach(async () => {
  companies += 1;
  const short = `co${companies}`;
  const company = {
    companyName: `物业${companies}`,
    shortCode: short,
    loginName: `admin@${short}`,
  };
  await system.deps.jobsDb.global.run(sql`delete from identity.staff_role`);
  await system.deps.jobsDb.global.run(sql`delete from identity.session`);
  await system.deps.jobsDb.global.run(sql`delete from identity.staff`);
  const first = await ensureFirstAdministrator(system.deps, company);
  companyId = first?.companyId ?? '';
  admin = await tokenOf(`admin@${short}`, first?.generatedPassword ?? '');
});

let address = 0;
async function tokenOf(loginName: string, password: string): Promise<string> {
  address += 1;
  const answer = await app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { loginName, password },
    remoteAddress: `10.2.0.${address}`,
  });
  return answer.cookies[0]?.value ?? '';
}

async function send(
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  payload?: object,
  token = admin,
) {
  const cookies = { wuye_session: token };
  const answer = await app.inject({ method, url, cookies, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json() };
}

async function addStaff(loginName: string, role: 'cashier' | 'administrator' = 'cashier') {
  const roleIds = [builtInRoleId(companyId, role)];
  const { status, body } = await send('POST', '/api/staff', {
    loginName: `${loginName}@co${companies}`,
    displayName: loginName,
    roleIds,
  });
  expect(status).toBe(201);
  return {
    id: body.staff.id as string,
    loginName: body.staff.loginName as string,
    password: body.generatedPassword as string,
  };
}

async function myId(): Promise<string> {
  return (await send('GET', '/api/session')).body.staffId;
}

describe('the first administrator', () => {
  test('can do everything, and is made only once', async () => {
    const { body } = await send('GET', '/api/session');
    const { permissions } = (await send('GET', '/api/roles')).body;
    expect(body.permissions.sort()).toEqual(
      permissions.map(({ name }: { name: string }) => name).sort(),
    );
    const again = { companyName: '又一家', shortCode: 'again', loginName: 'again' };
    expect(await ensureFirstAdministrator(system.deps, again)).toBeUndefined();
  });
  test('is made by one of several starts at once', async () => {
    await system.deps.jobsDb.global.run(sql`delete from identity.staff_role`);
    await system.deps.jobsDb.global.run(sql`delete from identity.session`);
    await system.deps.jobsDb.global.run(sql`delete from identity.staff`);
    const input = { companyName: '同时', shortCode: 'tong', loginName: 'tong-admin' };
    const made = await Promise.all(
      Array.from({ length: 4 }, () => ensureFirstAdministrator(system.deps, input)),
    );
    expect(made.filter((each) => each !== undefined)).toHaveLength(1);
  });
});

describe('a company', () => {
  test('is found by its code', async () => {
    const short = `co${companies}`;
    expect(await companyByShortCode(system.deps, short)).toEqual({ companyId, shortCode: short });
    expect(await companyByShortCode(system.deps, 'nobody')).toBeUndefined();
    const company = await system.deps.db.read(companyId, (tx) => companyOf(tx));
    expect(company).toMatchObject({ name: `物业${companies}`, timeZone: 'Asia/Shanghai' });
  });
  test('keeps its code to itself', async () => {
    const taken = createCompany(system.deps, { name: '冒名', shortCode: `co${companies}` });
    await expect(taken).rejects.toThrow('SHORT_CODE_TAKEN');
  });
  test('can be made after a try that broke when only the code was reserved', async () => {
    await system.deps.db.global.run(sql`
      insert into identity.company_code (short_code, company_id)
      values ('half', '0192f0c1-0000-7000-8000-00000000dead')`);
    const made = await createCompany(system.deps, { name: '重来', shortCode: 'half' });
    expect(made.companyId).toBe('0192f0c1-0000-7000-8000-00000000dead');
  });
  test.each([
    ['shortCode', { name: '甲', shortCode: '1ab' }],
    ['shortCode', { name: '甲', shortCode: 'toolongcode' }],
    ['name', { name: '  ', shortCode: 'okcode' }],
    ['timeZone', { name: '甲', shortCode: 'okcode', timeZone: 'Mars/Base' }],
  ])('with a bad %s is refused and the field named', async (field, input) => {
    const error = await createCompany(system.deps, input).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'COMPANY_INVALID', problems: [{ field }] });
  });
});

describe('staff', () => {
  test('are added with a password that is shown once, and can sign in', async () => {
    const staff = await addStaff('li');
    expect(staff.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    const token = await tokenOf(staff.loginName, staff.password);
    expect((await send('GET', '/api/session', undefined, token)).body.displayName).toBe('li');
    expect((await send('GET', '/api/staff', undefined, token)).status).toBe(403);
  });
  test('cannot have the login name of somebody in another company', async () => {
    await system.deps.db.global.run(sql`
      insert into identity.login_name (login_name, company_id, staff_id) values ('taken',
        '0192f0c1-0000-7000-8000-000000000001', '0192f0c1-0000-7000-8000-000000000002')
      on conflict do nothing`);
    const roleIds = [builtInRoleId(companyId, 'reader')];
    const payload = { loginName: 'Taken', displayName: '重名', roleIds };
    const { status, body } = await send('POST', '/api/staff', payload);
    expect(status).toBe(409);
    expect(body.error.message).toContain('“taken”已被使用');
  });
  test('cannot get the role of another company', async () => {
    const other = await createCompany(system.deps, { name: '别家', shortCode: `xx${companies}` });
    const roleIds = [builtInRoleId(other.companyId, 'administrator')];
    const payload = { loginName: `spy${companies}`, displayName: '越权', roleIds };
    expect((await send('POST', '/api/staff', payload)).body.error.code).toBe('ROLE_NOT_FOUND');
    const list = (await send('GET', '/api/staff')).body.items;
    expect(list).toHaveLength(1);
  });
  test('of another company are not found', async () => {
    const url = '/api/staff/0192f0c1-0000-7000-8000-000000000002';
    expect((await send('PATCH', url, { displayName: 'x' })).status).toBe(404);
  });
  test('are searched, filtered, paged and exported', async () => {
    await addStaff('zhang');
    await addStaff('li_si');
    const names = async (query: string) =>
      (await send('GET', `/api/staff?${query}`)).body.items.map(
        (row: { displayName: string }) => row.displayName,
      );
    expect(await names('search=zhang')).toEqual(['zhang']);
    expect(await names('search=i_s')).toEqual(['li_si']);
    expect(await names('search=%25')).toEqual([]);
    const first = (await send('GET', '/api/staff?limit=2')).body;
    const rest = await names(`limit=2&after=${encodeURIComponent(first.next)}`);
    expect(rest).toEqual(['zhang']);
    const csv = await app.inject({ url: '/api/staff.csv', cookies: { wuye_session: admin } });
    expect(csv.body.split('\r\n')[0]).toBe('\uFEFF登录名,姓名,状态,角色,最近登录,创建时间');
    expect(csv.body.trim().split('\r\n')).toHaveLength(4);
  });
});

describe('an administrator', () => {
  test('who disables somebody ends their sessions at once', async () => {
    const staff = await addStaff('wang');
    const token = await tokenOf(staff.loginName, staff.password);
    const disabled = await send('PATCH', `/api/staff/${staff.id}`, { state: 'disabled' });
    expect(disabled.body.staff).toMatchObject({ state: 'disabled' });
    expect((await send('GET', '/api/session', undefined, token)).status).toBe(401);
    expect(await tokenOf(staff.loginName, staff.password)).toBe('');
    await send('PATCH', `/api/staff/${staff.id}`, { state: 'active' });
    expect(await tokenOf(staff.loginName, staff.password)).not.toBe('');
  });
  test('who changes roles changes what is allowed at once', async () => {
    const staff = await addStaff('zhao');
    const token = await tokenOf(staff.loginName, staff.password);
    const roleIds = [builtInRoleId(companyId, 'administrator')];
    await send('PATCH', `/api/staff/${staff.id}`, { roleIds });
    expect((await send('GET', '/api/staff', undefined, token)).status).toBe(200);
    await send('PATCH', `/api/staff/${staff.id}`, {
      roleIds: [builtInRoleId(companyId, 'reader')],
    });
    expect((await send('GET', '/api/staff', undefined, token)).status).toBe(403);
  });
  test('replaces a forgotten password and unlocks a name', async () => {
    const staff = await addStaff('sun');
    for (let tries = 0; tries < 9; tries += 1) await tokenOf(staff.loginName, 'forgotten');
    const list = (await send('GET', '/api/staff?search=sun')).body.items;
    expect(list[0].allowedActions).toContain('unlock');
    const change = { resetPassword: true, unlock: true };
    const { body } = await send('PATCH', `/api/staff/${staff.id}`, change);
    expect(body.staff.lockedUntil).toBeNull();
    expect(await tokenOf(staff.loginName, staff.password)).toBe('');
    expect(await tokenOf(staff.loginName, body.generatedPassword)).not.toBe('');
  });
  test('cannot disable oneself', async () => {
    await addStaff('deputy', 'administrator');
    const { body } = await send('PATCH', `/api/staff/${await myId()}`, { state: 'disabled' });
    expect(body.error.code).toBe('CANNOT_DISABLE_ONESELF');
  });
  test('who is the last one keeps the role', async () => {
    const roleIds = [builtInRoleId(companyId, 'reader')];
    const { body } = await send('PATCH', `/api/staff/${await myId()}`, { roleIds });
    expect(body.error.code).toBe('LAST_ADMINISTRATOR');
    expect((await send('GET', '/api/staff')).status).toBe(200);
  });
  test('and another who take the role from each other at once leave one', async () => {
    const deputy = await addStaff('deputy', 'administrator');
    const token = await tokenOf(deputy.loginName, deputy.password);
    const me = await myId();
    const answers = await Promise.all([
      send('PATCH', `/api/staff/${deputy.id}`, { state: 'disabled' }),
      send('PATCH', `/api/staff/${me}`, { state: 'disabled' }, token),
    ]);
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeLessThanOrEqual(1);
    const left = await system.deps.jobsDb.global.one(sql`
      select count(*) as count from identity.staff
      where company_id = ${companyId} and state = 'active'`);
    expect(left).not.toEqual({ count: 0 });
  });
  test('finds every change in the log, newest first and in pages', async () => {
    const staff = await addStaff('qian');
    system.clock.advance(1000);
    await send('PATCH', `/api/staff/${staff.id}`, { displayName: '钱' });
    const url = `/api/audit?subjectKind=staff&subjectId=${staff.id}`;
    const { items } = (await send('GET', url)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      'identity.edit_staff',
      'identity.create_staff',
    ]);
    expect(items[0]).toMatchObject({ actorName: '管理员', detail: { displayName: '钱' } });
    const first = (await send('GET', `${url}&limit=1`)).body;
    const second = (await send('GET', `${url}&limit=1&after=${first.next}`)).body;
    expect([...first.items, ...second.items]).toEqual(items);
    expect(JSON.stringify(items)).not.toContain(staff.password);
    expect((await send('GET', '/api/audit?after=nonsense')).status).toBe(400);
    const csv = await app.inject({ url: '/api/audit.csv', cookies: { wuye_session: admin } });
    expect(csv.body).toContain('identity.edit_staff');
  });
});
