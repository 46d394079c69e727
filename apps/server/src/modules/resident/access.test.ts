import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenUnit, type UnitInTest } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { accept, homeSteps, homesOf, invited, peopleOf } from '../../../test/resident-homes.ts';
import { type Device, type ResidentWorld, residentWorld } from '../../../test/resident-world.ts';
import { sql } from '../../platform/database/index.ts';
import { requireHome, requireHousehold } from './index.ts';
import { endMovedOut } from './use-cases/end-moved-out.ts';

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

const dayMs = 24 * 3_600_000;
const dayIn = (days: number) =>
  new Date(system.clock.now().getTime() + days * dayMs).toISOString().slice(0, 10);

describe('the end of an access', () => {
  test('the owner ends it at once: the next request finds no home', async () => {
    const { unit, owner } = await ownedHome();
    const guest = await somebody();
    const { bindingId } = (await accept(guest, (await invited(owner, unit)).code)).json();
    const end = (device: Device, id = bindingId) =>
      device.send('DELETE', `/api/resident/homes/${unit.unitId}/people/${id}`);
    expect((await end(await somebody())).json().error.code).toBe('HOME_NOT_BOUND');
    expect((await end(owner)).statusCode).toBe(200);
    expect(await homesOf(guest)).toEqual([]);
    expect((await guest.send('GET', '/api/resident/me')).statusCode).toBe(200);
    expect((await end(owner)).json().error.code).toBe('PERSON_OF_HOME_NOT_FOUND');
  });

  test('a guest ends nobody’s access but their own, and an owner not another owner’s', async () => {
    const phone = newPhone();
    const { unit, owner } = await ownedHome();
    await givenUnit(system, { doorNo: 'x' });
    const guest = await somebody();
    await accept(guest, (await invited(owner, unit)).code);
    const [first, second] = (await peopleOf(owner, unit)).items;
    const end = (device: Device, bindingId: string) =>
      device.send('DELETE', `/api/resident/homes/${unit.unitId}/people/${bindingId}`);
    expect((await end(guest, first.bindingId)).json().error.code).toBe('HOME_OWNER_ONLY');
    const spouse = await world.signedInByPhone(phone);
    const { accountId } = await spouse.me();
    await makeOwner(accountId, unit.unitId);
    expect((await end(spouse, first.bindingId)).json().error.code).toBe('OWNER_BY_OFFICE_ONLY');
    expect((await end(guest, second.bindingId)).statusCode).toBe(200);
  });

  test('an owner who moved out loses the home, and with them whoever they let in', async () => {
    const { unit, owner } = await ownedHome();
    const guest = await somebody();
    await accept(guest, (await invited(owner, unit)).code);
    const { code } = await invited(owner, unit);
    await moveOut(unit, dayIn(5));
    await endMovedOut(system.deps);
    expect(await homesOf(owner)).toHaveLength(1);
    system.clock.advance(7 * dayMs);
    expect(await endMovedOut(system.deps)).toBe(2);
    expect([await homesOf(owner), await homesOf(guest)]).toEqual([[], []]);
    expect((await accept(guest, code)).json().error.code).toBe('INVITATION_GONE');
    expect(await endMovedOut(system.deps)).toBe(0);
  });

  test('whoever came by a name goes with that name, and others of the home stay', async () => {
    const unit = await givenUnit(system, { ownerName: '陈褚卫', ownerPhone: newPhone() });
    const accountNumber = await world.givenAccountNumber(unit.unitId);
    const child = await somebody();
    await child.send('POST', '/api/resident/homes/by-account-number', {
      accountNumber,
      doorNo: unit.label,
      name: '陈褚卫',
      role: 'payer',
    });
    await moveOut(unit, dayIn(0));
    await endMovedOut(system.deps);
    expect(await homesOf(child)).toHaveLength(1); // The last day counts.
    system.clock.advance(2 * dayMs);
    await endMovedOut(system.deps);
    expect(await homesOf(child)).toEqual([]);
  });
});

describe('another’s home', () => {
  test('whoever pays for somebody sees no people and nothing of the household', async () => {
    const { unit, owner } = await ownedHome();
    const payer = await somebody();
    await accept(payer, (await invited(owner, unit, 'payer')).code);
    expect((await peopleOf(payer, unit)).error.code).toBe('HOME_FOR_PAYING_ONLY');
    const { accountId: id } = await payer.me();
    const { companyId } = system;
    const actor = { kind: 'resident', companyId, id, name: '', language: 'zh' } as const;
    await system.deps.db.read(companyId, async (tx) => {
      expect(await requireHome(tx, actor, unit.unitId)).toMatchObject({ role: 'payer' });
      const refused = requireHousehold(tx, actor, unit.unitId);
      await expect(refused).rejects.toThrow('HOME_FOR_PAYING_ONLY');
    });
  });

  test('the invitation comes with a picture of its link, and the picture of no other', async () => {
    const { unit, owner } = await steps.ownedHome();
    const [first, second] = [await invited(owner, unit), await invited(owner, unit)];
    const png = Buffer.from(first.qrImage.replace('data:image/png;base64,', ''), 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(first.qrImage).not.toBe(second.qrImage);
    expect(first.url.endsWith(first.code.replaceAll('-', ''))).toBe(true);
  });

  test('who has more already loses nothing by a smaller invitation', async () => {
    const { unit, owner } = await ownedHome();
    const tenant = await somebody();
    await accept(tenant, (await invited(owner, unit, 'tenant')).code);
    const smaller = await invited(owner, unit, 'payer');
    expect((await accept(tenant, smaller.code)).json()).toMatchObject({ role: 'tenant' });
    expect((await peopleOf(owner, unit)).invitations).toHaveLength(1);
    const payer = await somebody();
    expect((await accept(payer, smaller.code)).json()).toMatchObject({ role: 'payer' });
    const bigger = await invited(owner, unit, 'family');
    expect((await accept(payer, bigger.code)).json()).toMatchObject({ role: 'family' });
    expect(await homesOf(payer)).toHaveLength(1);
  });

  test('the owners hear of everybody who comes in', async () => {
    const { unit, owner } = await ownedHome();
    const guest = await somebody();
    const { bindingId } = (await accept(guest, (await invited(owner, unit)).code)).json();
    const messages = await system.deps.db.read(system.companyId, (tx) =>
      tx.many(sql<{ recipientKey: string }>`
        select recipient_key as "recipientKey" from messaging.message
        where company_id = ${tx.companyId} and subject_id = ${bindingId}`),
    );
    expect(messages).toEqual([{ recipientKey: (await owner.me()).accountId }]);
  });
});

async function moveOut({ unitId }: UnitInTest, toOn: string): Promise<void> {
  await system.deps.db.transaction(system.companyId, (tx) =>
    tx.run(sql`
      update estate.occupancy set to_on = ${toOn}
      where company_id = ${tx.companyId} and unit_id = ${unitId}`),
  );
}

async function makeOwner(accountId: string, unitId: string): Promise<void> {
  const at = system.clock.now();
  await system.deps.db.transaction(system.companyId, (tx) =>
    tx.run(sql`
      insert into resident.binding (company_id, id, account_id, unit_id, role, bound_by, bound_at,
        bound_by_name)
      values (${tx.companyId}, ${accountId}, ${accountId}, ${unitId}, 'owner', 'staff', ${at},
        '测试员')`),
  );
}
