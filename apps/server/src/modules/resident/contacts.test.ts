import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { givenResident } from '../../../test/resident-builders.ts';
import { contactsOfUnits } from './index.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

const contactsOf = (...unitIds: string[]) =>
  system.deps.jobsDb.read(system.companyId, (tx) => contactsOfUnits(tx, system.deps, unitIds));

test('a home that nobody has bound is told by its owner’s phone of the house list', async () => {
  const unit = await givenUnit(system, { ownerPhone: '13900010001' });
  const contacts = await contactsOf(unit.unitId);
  expect(contacts.get(unit.unitId)).toMatchObject([
    { accountId: null, role: 'owner', phone: '13900010001', walletIds: [] },
  ]);
});

test('an owner of two homes is one receiver, and has the same key next time', async () => {
  const first = await givenUnit(system, { ownerPhone: '13900010002' });
  const second = await givenUnit(system, { ownerPhone: '13900010002' });
  const contacts = await contactsOf(first.unitId, second.unitId);
  const keys = [...contacts.values()].flat().map(({ recipientKey }) => recipientKey);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  const again = await contactsOf(second.unitId);
  expect(again.get(second.unitId)?.[0]?.recipientKey).toBe(keys[0]);
});

test('whoever is bound is told instead of the house list, with their wallets', async () => {
  const unit = await givenUnit(system, { ownerPhone: '13900010003' });
  const empty = await givenUnit(system, { ownerPhone: null });
  const walletIds = { 'wechat-pay/wx1': 'o-anna' };
  const { accountId } = await givenResident(system, { unitIds: [unit.unitId], walletIds });
  const contacts = await contactsOf(unit.unitId, empty.unitId);
  expect(contacts.get(unit.unitId)).toEqual([
    {
      recipientKey: accountId,
      accountId,
      role: 'owner',
      language: 'zh',
      phone: null,
      email: null,
      walletIds: [{ scope: 'wechat-pay/wx1', openId: 'o-anna' }],
      devices: [],
    },
  ]);
  expect(contacts.has(empty.unitId)).toBe(false);
});
