import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type BankWorld,
  bankWorld,
  checked,
  debitOf,
  entriesOf,
  imported,
  openOf,
  statementOf,
} from '../../../../test/bank-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { makeUnitReference, setSubAccount } from './transfer-guide.ts';

let system: TestSystem;
let world: BankWorld;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());
beforeEach(async () => {
  world = await bankWorld(await paymentWorld(system));
});

async function referenceOf(unitId: string): Promise<string> {
  const guide = await makeUnitReference(world.deps, { actor: world.staff, unitId });
  return guide.reference ?? '';
}

async function bank(): Promise<number> {
  return await debitOf(world, `bank:${world.bankAccountId}`);
}

describe('a transfer with the reference of a unit', () => {
  test('settles all open bills when it is what they come to', async () => {
    const unit = await world.bills(120_00, 80_00);
    const reference = await referenceOf(unit.unitId);
    const done = await imported(
      world,
      statementOf([{ credit: '200.00', remark: `物业费 ${reference}` }]),
    );
    expect(done.state).toBe('applied');
    expect(done.totals?.matched).toEqual({ count: 1, amountFen: 200_00 });
    expect(await openOf(world, unit.unitId)).toEqual([0, 0]);
    expect(await bank()).toBe(200_00);
    expect(await debitOf(world, 'suspense')).toBe(0);
    const [entry] = await entriesOf(world);
    expect(entry).toMatchObject({ state: 'matched', unitId: unit.unitId, suspenseFen: 0 });
  });

  test.each([
    [
      'lower case and blanks',
      (r: string) => `${r.slice(0, 3)} ${r.slice(3, 6)} ${r.slice(6)}`.toLowerCase(),
    ],
    ['hyphens and words around it', (r: string) => `11月物业费${r.slice(0, 4)}-${r.slice(4)}谢谢`],
    [
      'O for 0, I for 1, S for 5, B for 8',
      (r: string) =>
        r.replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('5', 'S').replaceAll('8', 'B'),
    ],
  ])('is read with %s', async (_how, spell) => {
    const unit = await world.bills(100_00);
    const reference = await referenceOf(unit.unitId);
    await imported(world, statementOf([{ credit: '100', remark: spell(reference) }]));
    expect(await openOf(world, unit.unitId)).toEqual([0]);
  });

  test('with one wrong character settles nothing and is suggested', async () => {
    const unit = await world.bills(100_00);
    const reference = await referenceOf(unit.unitId);
    const wrong = reference.slice(0, 2) + (reference[2] === 'A' ? 'C' : 'A') + reference.slice(3);
    await imported(world, statementOf([{ credit: '100', remark: wrong }]));
    expect(await openOf(world, unit.unitId)).toEqual([100_00]);
    expect(await debitOf(world, 'suspense')).toBe(-100_00);
  });

  test('that is more settles what is owed; the rest waits and names the unit', async () => {
    const unit = await world.bills(120_00, 80_00);
    const reference = await referenceOf(unit.unitId);
    await imported(world, statementOf([{ credit: '250', remark: reference }]));
    expect(await openOf(world, unit.unitId)).toEqual([0, 0]);
    expect(await debitOf(world, 'suspense')).toBe(-50_00);
    expect(await bank()).toBe(250_00);
    const [entry] = await entriesOf(world);
    expect(entry).toMatchObject({ state: 'split', unitId: unit.unitId, suspenseFen: 50_00 });
  });

  test('that is less settles the oldest bills whole; the rest lies in suspense', async () => {
    const unit = await world.bills(120_00, 80_00, 70_00);
    const reference = await referenceOf(unit.unitId);
    await imported(world, statementOf([{ credit: '155', remark: reference }]));
    expect(await openOf(world, unit.unitId)).toEqual([0, 80_00, 70_00]);
    expect(await debitOf(world, 'suspense')).toBe(-35_00);
  });

  test('that reaches to no bill lies in suspense and names the unit', async () => {
    const unit = await world.bills(120_00);
    const reference = await referenceOf(unit.unitId);
    await imported(world, statementOf([{ credit: '20', remark: reference }]));
    expect(await openOf(world, unit.unitId)).toEqual([120_00]);
    const [entry] = await entriesOf(world);
    expect(entry).toMatchObject({ state: 'suspense', unitId: unit.unitId, suspenseFen: 20_00 });
  });

  test('settles the one bill that it is, though an older one is open', async () => {
    const unit = await world.bills(120_00, 81_00, 95_00);
    const reference = await referenceOf(unit.unitId);
    await imported(world, statementOf([{ credit: '95', remark: reference }]));
    expect(await openOf(world, unit.unitId)).toEqual([120_00, 81_00, 0]);
  });

  test('of two units settles neither', async () => {
    const [one, two] = [await world.bills(100_00), await world.bills(100_00)];
    const both = `${await referenceOf(one.unitId)}，${await referenceOf(two.unitId)}`;
    await imported(world, statementOf([{ credit: '100', remark: both }]));
    expect(await openOf(world, one.unitId)).toEqual([100_00]);
    expect(await openOf(world, two.unitId)).toEqual([100_00]);
    expect(await debitOf(world, 'suspense')).toBe(-100_00);
  });

  test('and a sub-account of another unit settles neither', async () => {
    const [one, two] = [await world.bills(100_00), await world.bills(100_00)];
    const { bankAccountId, staff: actor } = world;
    const number = '99887766001';
    await setSubAccount(world.deps, { actor, unitId: two.unitId, bankAccountId, number });
    const remark = `${await referenceOf(one.unitId)} ${number}`;
    await imported(world, statementOf([{ credit: '100', remark }]));
    expect(await debitOf(world, 'suspense')).toBe(-100_00);
  });
});

test('two transfers for one unit settle its bills one after the other', async () => {
  const unit = await world.bills(100_00, 100_00);
  const reference = await referenceOf(unit.unitId);
  await imported(
    world,
    statementOf([
      { day: '2026-11-20', credit: '100', remark: reference },
      { day: '2026-11-20', credit: '100', remark: reference },
      { day: '2026-11-20', credit: '100', remark: reference },
    ]),
  );
  expect(await openOf(world, unit.unitId)).toEqual([0, 0]);
  expect(await bank()).toBe(300_00);
  expect(await debitOf(world, 'suspense')).toBe(-100_00);
});

test('what leaves is kept and not posted', async () => {
  await imported(world, statementOf([{ debit: '35.50', name: '供电公司' }]));
  expect(await bank()).toBe(0);
  expect(await entriesOf(world)).toMatchObject([{ state: 'debit', amountFen: 35_50 }]);
});

test('one bad row and nothing at all is imported; the row and column are named', async () => {
  const bytes = statementOf([
    { credit: '100' },
    { day: '11月20日', credit: '50' },
    { credit: '1.2.3', balance: '' },
  ]);
  const done = await checked(world, bytes);
  expect(done.allowedActions).not.toContain('apply');
  expect(done.firstProblems).toMatchObject([
    { row: 3, column: 'A', header: '交易日期', value: '11月20日' },
    { row: 4, column: 'C', header: '贷方发生额', value: '1.2.3' },
  ]);
  expect(await entriesOf(world)).toEqual([]);
});
