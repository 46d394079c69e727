import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { type Device, type ResidentWorld, residentWorld } from '../../../test/resident-world.ts';
import { sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/id.ts';

let system: TestSystem;
let world: ResidentWorld;
let staff: Device;
beforeAll(async () => {
  system = await givenSystem();
  world = await residentWorld(system);
  world.staff.actor = system.staff;
  staff = world.device();
});
afterAll(async () => {
  await world.close();
  await system.close();
});

let phones = 0;
const newPhone = () => `1360003${String((phones += 1)).padStart(4, '0')}`;
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)]);

async function applied(wanted: { role?: string; name?: string; phone?: string } = {}) {
  const phone = wanted.phone ?? newPhone();
  const unit = await givenUnit(system, { ownerName: '孙钱赵', ownerPhone: newPhone() });
  const device = await world.signedInByPhone(phone);
  const body = {
    unitId: unit.unitId,
    role: wanted.role ?? 'owner',
    name: wanted.name ?? '孙钱赵',
    reason: '手机号换了',
  };
  const answer = await device.send('POST', '/api/resident/applications', body);
  const { applicationId } = answer.json();
  return {
    unit,
    device,
    applicationId,
    body,
    answer,
    url: `/api/home-applications/${applicationId}`,
  };
}
const upload = (device: Device, applicationId: string, bytes: Buffer, type = 'image/png') =>
  world.app.inject({
    method: 'POST',
    url: `/api/resident/applications/${applicationId}/photos`,
    headers: { 'content-type': type, 'x-company': 'test' },
    cookies: Object.fromEntries(device.cookies),
    payload: bytes,
  });

describe('an application for a home', () => {
  test('says what the house list knows, and binds when it is approved', async () => {
    const { unit, device, applicationId, url } = await applied();
    const detail = (await staff.send('GET', url)).json();
    expect(detail).toMatchObject({
      state: 'open',
      nameMasked: '孙*赵',
      nameOnFile: true,
      phoneOnFile: false,
      allowedActions: ['decide'],
    });
    const decided = await staff.send('POST', `${url}/decide`, {
      approve: true,
      reason: '已核对房产证',
    });
    expect(decided.json()).toMatchObject({ state: 'approved', allowedActions: [] });
    const homes = (await device.send('GET', '/api/resident/homes')).json().items;
    expect(homes).toMatchObject([{ unitId: unit.unitId, role: 'owner' }]);
    const mine = (await device.send('GET', '/api/resident/applications')).json().items;
    expect(mine).toMatchObject([
      { applicationId, state: 'approved', decisionReason: '已核对房产证' },
    ]);
    expect(await messagesAbout(applicationId)).toContain('binding.decided');
  });

  test('is decided once: of two members of staff at the same moment one is told so', async () => {
    const { url, device } = await applied({ role: 'family' });
    const decide = (approve: boolean) =>
      staff.send('POST', `${url}/decide`, { approve, reason: '核对完毕' });
    const answers = await Promise.all([decide(true), decide(false), decide(true)]);
    const codes = answers.map(({ statusCode }) => statusCode).sort((one, other) => one - other);
    expect(codes).toEqual([200, 409, 409]);
    const homes = (await device.send('GET', '/api/resident/homes')).json().items;
    const { state } = (await staff.send('GET', url)).json();
    expect(homes).toHaveLength(state === 'approved' ? 1 : 0);
  });

  test('declined, it binds nothing and says why; staff may give a smaller role', async () => {
    const declined = await applied();
    const no = { approve: false, reason: '材料不清楚' };
    await staff.send('POST', `${declined.url}/decide`, no);
    expect((await declined.device.send('GET', '/api/resident/homes')).json().items).toEqual([]);
    const smaller = await applied();
    const yes = { approve: true, role: 'tenant', reason: '租客' };
    await staff.send('POST', `${smaller.url}/decide`, yes);
    const homes = (await smaller.device.send('GET', '/api/resident/homes')).json().items;
    expect(homes).toMatchObject([{ role: 'tenant' }]);
  });

  test('one at a time for a home, five in all, and it can be withdrawn', async () => {
    const { device, body, applicationId, url } = await applied();
    const again = await device.send('POST', '/api/resident/applications', body);
    expect(again.json().error.code).toBe('APPLICATION_OPEN');
    const withdraw = () => device.send('DELETE', `/api/resident/applications/${applicationId}`);
    expect((await withdraw()).json().state).toBe('withdrawn');
    expect((await withdraw()).json().error.code).toBe('APPLICATION_DECIDED');
    const late = await staff.send('POST', `${url}/decide`, { approve: true, reason: '晚了' });
    expect(late.json().error.code).toBe('APPLICATION_DECIDED');
    for (let more = 0; more < 5; more += 1) {
      const { unitId } = await givenUnit(system);
      await device.send('POST', '/api/resident/applications', { ...body, unitId });
    }
    const { unitId } = await givenUnit(system);
    const sixth = await device.send('POST', '/api/resident/applications', { ...body, unitId });
    expect(sixth.json().error.code).toBe('TOO_MANY_APPLICATIONS');
  });

  test('photos are kept encrypted, shown to staff, and the look stands in the log', async () => {
    const { device, applicationId, url } = await applied();
    expect((await upload(device, applicationId, png)).json()).toMatchObject({ photos: 1 });
    const [photoId] = (await staff.send('GET', url)).json().photoIds;
    const shown = await staff.send('GET', `${url}/photos/${photoId}`);
    expect([shown.headers['content-type'], shown.rawPayload.equals(png)]).toEqual([
      'image/png',
      true,
    ]);
    const { history } = (await staff.send('GET', url)).json();
    expect(history[0].action).toBe('resident.see_photo');
    const { rows } = await system.deps.db.read(system.companyId, (tx) =>
      tx.client.query('select content_cipher from resident.application_photo where id = $1', [
        photoId,
      ]),
    );
    expect(rows[0].content_cipher.includes(png.subarray(0, 8))).toBe(false);
  });

  test('what is no picture, too big, too many or of somebody else is refused', async () => {
    const { device, applicationId } = await applied();
    const script = Buffer.from('<script>alert(1)</script>');
    expect((await upload(device, applicationId, script)).json().error.code).toBe('PROOF_REFUSED');
    const big = Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024 + 2000)]);
    expect((await upload(device, applicationId, big)).statusCode).toBe(413);
    expect((await upload(device, applicationId, png, 'image/svg+xml')).statusCode).toBe(400);
    const other = await world.signedInByPhone(newPhone());
    const foreign = await upload(other, applicationId, png);
    expect(foreign.json().error.code).toBe('APPLICATION_NOT_FOUND');
    await Promise.all([1, 2, 3, 4, 5].map(() => upload(device, applicationId, png)));
    const mine = (await device.send('GET', '/api/resident/applications')).json().items;
    expect(mine[0].photos).toBe(3);
  });

  test('of whoever closes the account, name, reason and photos are gone', async () => {
    const { device, applicationId, url } = await applied();
    await upload(device, applicationId, png);
    await device.send('POST', '/api/resident/me/close', { confirm: true });
    const detail = (await staff.send('GET', url)).json();
    expect(detail).toMatchObject({ state: 'withdrawn', nameMasked: '—', reason: '', photoIds: [] });
  });
});

describe('staff', () => {
  test('find a resident by phone, its last digits or a home, and see what was done', async () => {
    const phone = newPhone();
    const unit = await givenUnit(system, { ownerPhone: phone });
    const device = await world.signedInByPhone(phone);
    const unitIds = [unit.unitId];
    await device.send('POST', '/api/resident/homes/by-phone', { unitIds });
    const { accountId } = await device.me();
    const find = async (search: string) => {
      const query = new URLSearchParams({ search });
      const { items } = (await staff.send('GET', `/api/residents?${query.toString()}`)).json();
      return items.map(({ residentId }: { residentId: string }) => residentId);
    };
    expect(await find(phone)).toEqual([accountId]);
    expect(await find(phone.slice(-4))).toContain(accountId);
    expect(await find(unit.label)).toEqual([accountId]);
    expect(await find('%')).toEqual([]);
    const detail = (await staff.send('GET', `/api/residents/${accountId}`)).json();
    const actions = detail.history.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(['resident.bind', 'resident.sign_in']);
    expect(detail.history[0].text.zh).toBe(`绑定 ${unit.label}（业主，登记手机号）`);
    expect(JSON.stringify(detail)).not.toContain(phone);
  });

  test('the list pages by key to its end', async () => {
    const seen: string[] = [];
    let after = '';
    do {
      const url = `/api/residents?limit=3${after && `&after=${after}`}`;
      const page = (await staff.send('GET', url)).json();
      seen.push(...page.items.map(({ residentId }: { residentId: string }) => residentId));
      after = page.next ?? '';
    } while (after !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(8);
  });

  test('bind a home and end it with a reason, and end the sessions of a lost phone', async () => {
    const unit = await givenUnit(system);
    const device = await world.signedInByPhone(newPhone());
    const { accountId } = await device.me();
    const url = `/api/residents/${accountId}`;
    const bound = { unitId: unit.unitId, role: 'owner', reason: '前台核对证件' };
    const detail = (await staff.send('POST', `${url}/bindings`, bound)).json();
    expect(detail.bindings).toMatchObject([{ role: 'owner', boundBy: 'staff', addedBy: '测试员' }]);
    const { bindingId } = detail.bindings[0];
    const end = () =>
      staff.send('POST', `${url}/bindings/${bindingId}/end`, { reason: '房屋已出售' });
    expect((await end()).json().bindings).toMatchObject([{ endReason: '房屋已出售' }]);
    expect((await end()).json().error.code).toBe('PERSON_OF_HOME_NOT_FOUND');
    const ended = await staff.send('POST', `${url}/sessions/end`, { reason: '手机丢失' });
    expect(ended.json().sessions).toEqual([]);
    expect((await device.send('GET', '/api/resident/me')).statusCode).toBe(401);
    const nobody = `/api/residents/${newId(system.clock.now())}/bindings`;
    expect((await staff.send('POST', nobody, bound)).json().error.code).toBe('RESIDENT_NOT_FOUND');
  });

  test('read the lists as files', async () => {
    for (const file of ['residents.csv', 'home-applications.csv?state=withdrawn']) {
      const answer = await staff.send('GET', `/api/${file}`);
      expect([answer.statusCode, answer.body.split('\r\n').length > 2]).toEqual([200, true]);
    }
  });
});

async function messagesAbout(subjectId: string): Promise<string[]> {
  const rows = await system.deps.db.read(system.companyId, (tx) =>
    tx.many(sql<{ key: string }>`
      select template_key as key from messaging.message
      where company_id = ${tx.companyId} and subject_id = ${subjectId}`),
  );
  return rows.map(({ key }) => key);
}
