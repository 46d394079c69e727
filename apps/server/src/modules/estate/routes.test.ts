import { afterAll, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem } from '../../../test/harness.ts';
import { houseWorkbook } from '../../../test/workbook-builders.ts';
import type { StaffActor } from '../../platform/actor.ts';
import { createApp } from '../../platform/http/index.ts';
import { addEstateRoutes, runDueImports, servicePhoneOfUnit } from './index.ts';

const system = await givenSystem();
let actor: StaffActor = system.staff;
const app = await createApp({
  authenticate: async () => actor,
  publicUrl: system.deps.publicUrl,
});
addEstateRoutes(app, system.deps);
afterAll(async () => {
  await app.close();
  await system.close();
});

async function send(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  url: string,
  body?: object,
) {
  const answer = await app.inject({ method, url, ...(body && { payload: body }) });
  return { status: answer.statusCode, body: answer.json() };
}
const get = async (url: string) => (await send('GET', url)).body;

function multipart(fields: Readonly<Record<string, string>>, file: Uint8Array, name: string) {
  const boundary = 'boundary-of-the-test';
  const parts = Object.entries(fields).map(
    ([field, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  return {
    method: 'POST' as const,
    url: '/api/imports',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(parts.join('') + head),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}

const secrets = ['王小明', '13912340001', '110101199003070070'];
const owner = {
  ownerName: '王小明',
  ownerPhone: '13912340001',
  ownerIdNumber: '110101199003070070',
};

test('units come as people count them, in pages without a gap or a repeat', async () => {
  for (const [building, doorNo] of [
    ['10', '101'],
    ['2', '1001'],
    ['2', '901'],
  ] as const) {
    await givenUnit(system, { community: '顺序小区', building, doorNo });
  }
  const [community] = (await get('/api/communities')).items;
  const labels = [];
  let after = '';
  do {
    const page = await get(`/api/units?communityId=${community.id}&limit=1${after}`);
    labels.push(...page.items.map(({ label }: { label: string }) => label));
    after = page.next === null ? '' : `&after=${page.next}`;
  } while (after !== '');
  expect(labels).toEqual(['2栋1单元901', '2栋1单元1001', '10栋1单元101']);
  const buildings = await get(`/api/buildings?communityId=${community.id}`);
  expect(buildings.items.map(({ name, units }: Record<string, unknown>) => [name, units])).toEqual([
    ['2栋', 2],
    ['10栋', 1],
  ]);
  expect((await send('GET', '/api/units?after=1')).status).toBe(400);
});

test.each([
  ['the beginning of a door number', '880'],
  ['the beginning of an address', '8栋'],
  ['a whole name', '欧阳小红'],
  ['a whole phone', '139 8888 4321'],
  ['the last four digits of a phone', '4321'],
])('a home is found by %s', async (_name, search) => {
  if ((await get('/api/units?search=8%E6%A0%8B')).items.length === 0) {
    const unit = { community: '搜索小区', building: '8', doorNo: '8801' };
    await givenUnit(system, { ...unit, ownerName: '欧阳小红', ownerPhone: '13988884321' });
  }
  const { items } = await get(`/api/units?search=${encodeURIComponent(search)}`);
  expect(items.map(({ doorNo }: { doorNo: string }) => doorNo)).toEqual(['8801']);
});

test('part of a name finds nobody, and a percent sign is only a sign', async () => {
  expect((await get(`/api/units?search=${encodeURIComponent('欧阳')}`)).items).toEqual([]);
  expect((await get('/api/units?search=%25')).items).toEqual([]);
});

test('lists, details, files and the log never show a person in clear', async () => {
  const { unitId } = await givenUnit(system, { community: '隐私小区', ...owner });
  const answers = await Promise.all(
    [
      '/api/units?search=13912340001',
      '/api/units.csv',
      `/api/units/${unitId}`,
      `/api/units/${unitId}/room-code`,
    ].map(async (url) => (await app.inject({ url })).body),
  );
  expect(answers[0]).toContain('王*明');
  expect(answers[1]).toContain('139****0001');
  for (const secret of secrets) expect(answers.join()).not.toContain(secret);
});

test('clear data is shown to those who may see it, and each look is recorded', async () => {
  const { unitId, ownerId } = await givenUnit(system, { community: '查看小区', ...owner });
  const url = `/api/people/${ownerId}/reveal`;
  actor = { ...system.staff, permissions: new Set(['estate.read', 'estate.write']) };
  expect((await send('POST', url, { reason: '核对' })).status).toBe(403);
  actor = system.staff;
  expect((await send('POST', url, {})).status).toBe(400);
  const { body } = await send('POST', url, { reason: '业主来电核对' });
  expect(body).toEqual({ name: secrets[0], phone: secrets[1], idNumber: secrets[2] });
  const { history } = await get(`/api/units/${unitId}`);
  expect(history[0].text.zh).toBe('查看 王*明 的完整资料，原因：业主来电核对');
});

test('a unit is edited, and its timeline tells what was changed', async () => {
  const { unitId } = await givenUnit(system, { community: '修改小区', doorNo: '101' });
  const { body } = await send('PATCH', `/api/units/${unitId}`, {
    kind: 'shop',
    doorNo: '102室',
    movedInOn: '2026-01-01',
  });
  expect(body).toMatchObject({ label: '1栋1单元102', kind: 'shop', movedInOn: '2026-01-01' });
  expect(body.history[0]).toMatchObject({ actorName: '测试员', action: 'estate.edit_unit' });
  expect(body.history[0].text.zh).toContain('房号 101 → 102');
  await givenUnit(system, { community: '修改小区', doorNo: '103' });
  const taken = await send('PATCH', `/api/units/${unitId}`, { doorNo: '103' });
  expect([taken.status, taken.body.error.code]).toEqual([409, 'DOOR_TAKEN']);
});

test('an area holds from its day on, and what is not said stays', async () => {
  const { unitId } = await givenUnit(system, { community: '面积小区', builtM2: '80' });
  const change = { effectiveOn: '2026-12-01', builtM2: '82.5' };
  const { body } = await send('POST', `/api/units/${unitId}/areas`, change);
  expect(body.builtM2, 'the change is still to come').toBe('80');
  expect(body.areas).toEqual([
    { effectiveOn: '2026-12-01', builtM2: '82.5', innerM2: '80', chargeableM2: '80' },
    { effectiveOn: null, builtM2: '80', innerM2: '80', chargeableM2: '80' },
  ]);
});

test('a person moves in, is corrected and moves out', async () => {
  const { unitId } = await givenUnit(system, { community: '人员小区', ownerName: null });
  const people = `/api/units/${unitId}/people`;
  const wrong = await send('POST', people, { role: 'tenant', name: '李四', phone: '12' });
  expect([wrong.status, wrong.body.error.problems[0].field]).toEqual([400, 'phone']);
  const added = await send('POST', people, { role: 'tenant', name: '李四', fromOn: '2026-11-01' });
  const [tenant] = added.body.people;
  expect(tenant).toMatchObject({ role: 'tenant', nameMasked: '李*', phoneMasked: null });
  await send('PATCH', `/api/people/${tenant.personId}`, { phone: '139-1234-0002' });
  const early = await send('POST', `${people}/${tenant.occupancyId}/end`, { toOn: '2026-10-31' });
  expect(early.body.error.code).toBe('DAYS_OUT_OF_ORDER');
  const { body } = await send('POST', `${people}/${tenant.occupancyId}/end`, {
    toOn: '2026-11-20',
  });
  expect(body.people).toMatchObject([{ phoneMasked: '139****0002', isCurrent: false }]);
});

test('the code of a home is printed as SVG and replaced with a reason', async () => {
  const { unitId, roomCode } = await givenUnit(system, { community: '扫码小区' });
  const code = await get(`/api/units/${unitId}/room-code`);
  expect(code).toMatchObject({ code: roomCode, url: `http://localhost:8080/q/${roomCode}` });
  const svg = await app.inject({ url: `/api/units/${unitId}/room-code.svg` });
  expect(svg.headers['content-type']).toBe('image/svg+xml');
  expect(svg.body).toMatch(/^<svg [^]*<\/svg>\s*$/);
  const { body } = await send('POST', `/api/units/${unitId}/room-code/replace`, { reason: '破损' });
  expect(body.replaced).toMatchObject([{ code: roomCode }]);
  expect(body.code).not.toBe(roomCode);
});

test('the template that we hand out comes in as it is', async () => {
  const template = await app.inject({ url: '/api/imports/template.xlsx' });
  const upload = await app.inject(multipart({}, template.rawPayload, '模板.xlsx'));
  expect(upload.statusCode).toBe(202);
  await runDueImports(system.deps);
  const { importId } = upload.json();
  const checked = await get(`/api/imports/${importId}`);
  expect(checked.firstProblems).toEqual([]);
  expect(checked).toMatchObject({ fileName: '模板.xlsx', totals: { communities: 1, new: 2 } });
  expect(checked.allowedActions).toEqual(['map', 'check', 'apply', 'delete']);
  expect((await send('POST', `/api/imports/${importId}/apply`)).status).toBe(202);
  expect((await send('DELETE', `/api/imports/${importId}`)).body.error.code).toBe('IMPORT_BUSY');
  await runDueImports(system.deps);
  expect(await get(`/api/imports/${importId}`)).toMatchObject({ state: 'applied' });
  const [newest] = (await get('/api/imports')).items;
  expect(newest).toMatchObject({ id: importId, state: 'applied' });
});

test('problems come in pages and as a file, with what is personal masked', async () => {
  const bytes = houseWorkbook([
    ['楼栋', '房号', '业主', '手机号', '建筑面积'],
    ...Array.from({ length: 5 }, (_none, index) => [
      '1',
      String(101 + index),
      '王小明',
      '1391234000',
      '大',
    ]),
  ]);
  const upload = await app.inject(multipart({ communityName: '问题小区' }, bytes, '问题.xlsx'));
  await runDueImports(system.deps);
  const url = `/api/imports/${upload.json().importId}`;
  expect(await get(url)).toMatchObject({
    totals: { bad: 5 },
    applyBlockedBy: '还有 5 行有误，请更正后重新上传',
  });
  const refused = await send('POST', `${url}/apply`);
  expect([refused.status, refused.body.error.code]).toEqual([409, 'IMPORT_NOT_READY']);
  const rows = [];
  let after = '';
  do {
    const page = await get(`${url}/problems?limit=3${after}`);
    rows.push(...page.items.map(({ row }: { row: number }) => row));
    after = page.next === null ? '' : `&after=${page.next}`;
  } while (after !== '');
  expect(rows).toEqual([2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
  const { body } = await app.inject({ url: `${url}/problems.csv` });
  expect(body).toContain('\uFEFF级别,工作表,行,列,表头,内容,原因,怎么改');
  expect(body).toContain('错误,房屋,2,D,手机号,139****,电话号码不对');
  expect(body).not.toContain('1391234000');
});

test.each([
  ['a file of more than 20 MB', new Uint8Array(21 * 1024 * 1024), 413, 'FILE_TOO_LARGE'],
  ['an old .xls', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 400, 'FILE_OLD_EXCEL'],
  ['an empty file', new Uint8Array(), 400, 'FILE_EMPTY'],
])('%s is refused at the upload', async (_name, bytes, status, code) => {
  const answer = await app.inject(multipart({}, bytes, '房屋.xls'));
  expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
});

test('an upload without a file says what to do', async () => {
  const answer = await app.inject({ method: 'POST', url: '/api/imports' });
  expect(answer.json().error).toMatchObject({ code: 'FILE_MISSING' });
});

test('residents call the telephone of their community, else that of the company', async () => {
  const { unitId } = await givenUnit(system, { community: '电话小区' });
  const find = async () =>
    (await get('/api/communities')).items.find(({ name }: { name: string }) => name === '电话小区');
  const { id } = await find();
  const calls = () => system.deps.db.read(system.companyId, (tx) => servicePhoneOfUnit(tx, unitId));
  expect(await calls()).toBeUndefined();

  const company = { phone: '４００－８２０－８８８８' };
  expect((await send('PUT', '/api/service-phone', { service: company })).status).toBe(200);
  expect(await calls()).toEqual({ phone: '400-820-8888', hours: null });

  const own = { phone: '0571-8765 0001', hours: ' 每天 8:30–17:30 ' };
  await send('PUT', `/api/communities/${id}/service-phone`, { service: own });
  expect(await calls()).toMatchObject({ phone: '0571-8765 0001' });
  expect((await find()).service.phone).toBe('0571-8765 0001');

  await send('PUT', `/api/communities/${id}/service-phone`, { service: null });
  expect((await find()).service).toBeNull();
  expect(await calls()).toMatchObject({ phone: '400-820-8888' });
});

test('what nobody could dial is no telephone, and a community of nobody has none', async () => {
  for (const phone of [
    '',
    '请找小王',
    '12',
    '-----',
    ' 12345',
    '0571+87650001',
    'tel:110',
    '0571-8765 0001<b>',
  ]) {
    const answer = await send('PUT', '/api/service-phone', { service: { phone } });
    expect([phone, answer.status]).toEqual([phone, 400]);
  }
  const nowhere = '/api/communities/01900000-0000-7000-8000-000000000000/service-phone';
  const answer = await send('PUT', nowhere, { service: { phone: '0571-87650001' } });
  expect([answer.status, answer.body.error.code]).toEqual([404, 'COMMUNITY_NOT_FOUND']);
});
