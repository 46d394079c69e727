import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { accept, homeSteps, homesOf, invited, peopleOf } from '../../../test/resident-homes.ts';
import { type Device, type ResidentWorld, residentWorld } from '../../../test/resident-world.ts';

let system: TestSystem;
let world: ResidentWorld;
let steps: ReturnType<typeof homeSteps>;
beforeAll(async () => {
  system = await givenSystem();
  world = await residentWorld(system);
  steps = homeSteps(system, world);
});
afterAll(async () => {
  await world.close();
  await system.close();
});
const newPhone = () => steps.newPhone();
const somebody = () => steps.somebody();
const ownedHome = () => steps.ownedHome();

describe('by the phone of the house list', () => {
  test('every home that it names is offered, in the role that it names', async () => {
    const phone = newPhone();
    const [one, two] = [
      await givenUnit(system, { ownerPhone: phone }),
      await givenUnit(system, { ownerPhone: phone }),
    ];
    const device = await world.signedInByPhone(phone);
    const offers = (await device.send('GET', '/api/resident/home-offers')).json().items;
    expect(offers).toHaveLength(2);
    const unitIds = [one.unitId, two.unitId];
    await device.send('POST', '/api/resident/homes/by-phone', { unitIds });
    expect(await homesOf(device)).toMatchObject([
      { unitId: one.unitId, role: 'owner' },
      { unitId: two.unitId, role: 'owner' },
    ]);
    expect((await device.send('GET', '/api/resident/home-offers')).json().items).toEqual([]);
  });

  test('a home of another phone is bound to nobody, nor is one without a phone', async () => {
    const unit = await givenUnit(system, { ownerPhone: newPhone() });
    const take = (device: Device) =>
      device.send('POST', '/api/resident/homes/by-phone', { unitIds: [unit.unitId] });
    expect((await take(await somebody())).json().error.code).toBe('HOME_NOT_MATCHED');
    const byWallet = world.device();
    await byWallet.signInByWallet('without-phone');
    expect((await take(byWallet)).statusCode).toBe(404);
  });

  test('taken twice, also at the same moment, it is one home', async () => {
    const phone = newPhone();
    const unit = await givenUnit(system, { ownerPhone: phone });
    const device = await world.signedInByPhone(phone);
    const take = () =>
      device.send('POST', '/api/resident/homes/by-phone', { unitIds: [unit.unitId] });
    await Promise.all(Array.from({ length: 8 }, take));
    expect(await homesOf(device)).toHaveLength(1);
  });
});

describe('by the number on the notice, the door and a name', () => {
  const bind = (device: Device, body: object) =>
    device.send('POST', '/api/resident/homes/by-account-number', { role: 'family', ...body });

  test('all three fit, in whatever spelling, and it is never an owner', async () => {
    const { unit, owner } = await ownedHome();
    const number = await world.givenAccountNumber(unit.unitId);
    const spelt = `${number.slice(0, 3)} ${number.slice(3, 6).toLowerCase()}-${number.slice(6)}`;
    const child = await somebody();
    const body = { accountNumber: spelt, doorNo: unit.label, name: ' 王小明 ', role: 'payer' };
    expect((await bind(child, body)).json()).toMatchObject({ unitId: unit.unitId, role: 'payer' });
    const asOwner = await bind(child, { ...body, role: 'owner' });
    expect(asOwner.statusCode).toBe(400);
    expect((await peopleOf(owner, unit)).items).toHaveLength(2);
  });

  test('whatever was wrong, the answer is the same', async () => {
    const unit = await givenUnit(system, { ownerName: '赵钱孙' });
    const other = await givenUnit(system, { ownerName: '李周吴' });
    const accountNumber = await world.givenAccountNumber(unit.unitId);
    const good = { accountNumber, doorNo: unit.label, name: '赵钱孙' };
    const wrong = [
      { ...good, name: '李周吴' },
      { ...good, doorNo: other.label },
      { ...good, accountNumber: 'K999A9990' },
      { ...good, accountNumber: await world.givenAccountNumber(other.unitId) },
      { ...good, name: '赵*孙' },
    ];
    const answers = [];
    for (const body of wrong) {
      const { statusCode, ...answer } = await bind(await somebody(), body);
      const { requestId: _id, ...error } = answer.json().error;
      answers.push(JSON.stringify({ statusCode, error }));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('HOME_NOT_MATCHED');
    expect((await bind(await somebody(), good)).statusCode).toBe(200);
  });

  test('guessing names of one home, or numbers from one account, soon has to wait', async () => {
    const unit = await givenUnit(system, { ownerName: '郑王冯' });
    const accountNumber = await world.givenAccountNumber(unit.unitId);
    const good = { accountNumber, doorNo: unit.label, name: '郑王冯' };
    const statuses = [];
    for (let tried = 0; tried < 11; tried += 1) {
      statuses.push((await bind(await somebody(), { ...good, name: `猜${tried}` })).statusCode);
    }
    expect([statuses[9], statuses[10]]).toEqual([404, 429]);
    expect((await bind(await somebody(), good)).statusCode).toBe(429);
    const guesser = await somebody();
    for (let tried = 0; tried < 10; tried += 1) {
      await bind(guesser, { ...good, accountNumber: `K${String(tried).padStart(8, '0')}` });
    }
    const last = await bind(guesser, { ...good, accountNumber: 'K12345678' });
    expect(last.json().error.code).toBe('NUMBER_TRIED_TOO_OFTEN');
  });
});

describe('by the owner’s invitation', () => {
  test('whoever gets the code sees what it is for, and is in; the owner sees who', async () => {
    const { unit, owner } = await ownedHome();
    const { code, url } = await invited(owner, unit, 'tenant');
    expect(url).toBe(`http://localhost:8080/r/test/invitation/${code.replaceAll('-', '')}`);
    const guest = await somebody();
    const seen = await guest.send('POST', '/api/resident/invitations/look', { code });
    expect(seen.json()).toMatchObject({ label: unit.label, role: 'tenant' });
    expect((await accept(guest, url)).json()).toMatchObject({ role: 'tenant' });
    const people = await peopleOf(owner, unit);
    expect(people.items[1]).toMatchObject({ role: 'tenant', mayEnd: true, isMe: false });
    expect(people.invitations).toEqual([]);
    const own = await peopleOf(guest, unit);
    expect(own.items).toHaveLength(1); // A guest sees themselves, and who let them in.
    expect(own.items[0]).toMatchObject({ isMe: true, addedBy: people.items[0].name });
  });

  test('of 32 who use it at the same moment one gets in', async () => {
    const { unit, owner } = await ownedHome();
    const { code } = await invited(owner, unit);
    const guests = await Promise.all(Array.from({ length: 32 }, somebody));
    const answers = await Promise.all(guests.map((guest) => accept(guest, code)));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const refused = answers.filter(({ statusCode }) => statusCode !== 200);
    expect(refused.every((answer) => answer.json().error.code === 'INVITATION_GONE')).toBe(true);
    expect((await peopleOf(owner, unit)).items).toHaveLength(2);
  });

  test('whoever sends it again after they got in is answered the same', async () => {
    const { unit, owner } = await ownedHome();
    const { code } = await invited(owner, unit);
    const guest = await somebody();
    const first = await accept(guest, code);
    expect((await accept(guest, code)).json()).toEqual(first.json());
    await guest.send(
      'DELETE',
      `/api/resident/homes/${unit.unitId}/people/${first.json().bindingId}`,
    );
    expect((await accept(guest, code)).json().error.code).toBe('INVITATION_GONE');
  });

  test('taken back, too old, made up, or of somebody who is no owner any more: no', async () => {
    const { unit, owner } = await ownedHome();
    const guest = await somebody();
    const url = `/api/resident/homes/${unit.unitId}/invitations`;
    const taken = await invited(owner, unit);
    await owner.send('DELETE', `${url}/${taken.invitation.invitationId}`);
    const old = await invited(owner, unit);
    system.clock.advance(7 * 24 * 3_600_000 + 1000);
    const left = await invited(owner, unit);
    const own = (await peopleOf(owner, unit)).items[0];
    await owner.send('DELETE', `/api/resident/homes/${unit.unitId}/people/${own.bindingId}`);
    for (const code of [taken.code, old.code, left.code, 'AAAA-BBBB-CCCC']) {
      expect((await accept(guest, code)).json().error.code).toBe('INVITATION_GONE');
      const look = await guest.send('POST', '/api/resident/invitations/look', { code });
      expect(look.json().error.code).toBe('INVITATION_GONE');
    }
  });

  test('only an owner invites, and never another owner', async () => {
    const { unit, owner } = await ownedHome();
    const guest = await somebody();
    await accept(guest, (await invited(owner, unit)).code);
    expect((await invited(guest, unit)).error.code).toBe('HOME_OWNER_ONLY');
    const url = `/api/resident/homes/${unit.unitId}/invitations`;
    expect((await owner.send('POST', url, { role: 'owner' })).statusCode).toBe(400);
    expect((await invited(await somebody(), unit)).error.code).toBe('HOME_NOT_BOUND');
  });

  test('codes are not guessed without end', async () => {
    const guesser = await somebody();
    const statuses = [];
    for (let tried = 0; tried < 31; tried += 1) {
      const code = `AAAABBBB${String(tried).padStart(4, '2')}`;
      statuses.push((await accept(guesser, code)).statusCode);
    }
    expect([statuses[0], statuses[30]]).toEqual([404, 429]);
  });
});
