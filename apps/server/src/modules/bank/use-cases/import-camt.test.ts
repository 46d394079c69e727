import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type BankWorld,
  bankWorld,
  checked,
  debitOf,
  entriesOf,
  imported,
  openOf,
} from '../../../../test/bank-builders.ts';
import { camtOf, ntryOf, txOf } from '../../../../test/camt-builder.ts';
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

const bank = () => debitOf(world, `bank:${world.bankAccountId}`);

async function referenceOf(unitId: string): Promise<string> {
  const guide = await makeUnitReference(world.deps, { actor: world.staff, unitId });
  return guide.reference ?? '';
}

describe.each(['02', '04', '06', '08'])('camt.053.001.%s', (version) => {
  test('settles by reference and sub-account, keeps debits, leaves pending ones out', async () => {
    const [one, two] = [await world.bills(100_00), await world.bills(60_00)];
    const reference = await referenceOf(one.unitId);
    const { staff: actor, bankAccountId } = world;
    const number = `3355${version}00112233`;
    await setSubAccount(world.deps, { actor, unitId: two.unitId, bankAccountId, number });
    const entries = [
      ntryOf(version, {
        amount: '100.00',
        reference: 'R1',
        details: [txOf(version, { structured: reference })],
      }),
      ntryOf(version, {
        amount: '60.00',
        reference: 'R2',
        details: [txOf(version, { remark: '物业费', paidTo: number, endToEndId: 'E2E-7' })],
      }),
      ntryOf(version, { amount: '12.30', indicator: 'DBIT', reference: 'R3' }),
      ntryOf(version, { amount: '999.00', status: 'PDNG', reference: 'R4' }),
    ];
    const bytes = camtOf({ version, opening: '1000.00', closing: '1147.70', entries });
    const done = await imported(world, bytes, { fileName: '对账单.xml' });
    expect(done).toMatchObject({
      state: 'applied',
      format: 'camt',
      balances: [{ openingFen: 1000_00, sumFen: 147_70, closingFen: 1147_70, isBalanced: true }],
      totals: { pending: 1, matched: { count: 2, amountFen: 160_00 } },
    });
    expect(await openOf(world, one.unitId)).toEqual([0]);
    expect(await openOf(world, two.unitId)).toEqual([0]);
    expect(await bank()).toBe(160_00);
  });

  test('a batch is parted into its transactions when they come to it', async () => {
    const [one, two] = [await world.bills(100_00), await world.bills(60_00)];
    const details = [
      txOf(version, { amount: '100.00', remark: await referenceOf(one.unitId) }),
      txOf(version, { amount: '60.00', remark: await referenceOf(two.unitId), name: '李四' }),
    ];
    const entries = [ntryOf(version, { amount: '160.00', reference: 'B1', details })];
    await imported(world, camtOf({ version, entries }));
    expect(await openOf(world, one.unitId)).toEqual([0]);
    expect(await openOf(world, two.unitId)).toEqual([0]);
    const references = new Set((await entriesOf(world)).map((entry) => entry.bankReference));
    expect(references).toEqual(new Set(['B1/1', 'B1/2']));
  });
});

test('a batch whose transactions do not come to it stays one entry, for a person', async () => {
  const unit = await world.bills(100_00);
  const details = [
    txOf('08', { amount: '100.00', remark: await referenceOf(unit.unitId) }),
    txOf('08', { amount: '50.00', remark: '' }),
  ];
  const entries = [ntryOf('08', { amount: '160.00', reference: 'B1', details })];
  await imported(world, camtOf({ version: '08', entries }));
  expect(await entriesOf(world)).toMatchObject([{ amountFen: 160_00, isReversal: false }]);
});

test('a reversal is no payment', async () => {
  const entries = [ntryOf('02', { amount: '70.00', reversal: true, reference: 'V1' })];
  await imported(world, camtOf({ entries }));
  expect(await bank()).toBe(0);
  expect(await entriesOf(world)).toMatchObject([
    { state: 'not-payment', notPaymentKind: 'reversal', isReversal: true },
  ]);
});

test('names with a prefix are the same names', async () => {
  const entries = [ntryOf('02', { amount: '70.00', reference: 'P1' })];
  await imported(world, camtOf({ entries, prefix: 'ns2' }));
  expect(await bank()).toBe(70_00);
});

describe('is refused whole, with a reason', () => {
  const entry = ntryOf('02', { amount: '70.00', reference: 'X1' });
  test.each([
    [
      'balances that do not add up',
      { opening: '0.00', closing: '80.00', entries: [entry] },
      '相差 10.00 元',
    ],
    ['another account', { account: '999900001111', entries: [entry] }, '不是所选账户'],
    [
      'another currency',
      { entries: [ntryOf('02', { amount: '7.00', currency: 'USD' })] },
      '不是人民币',
    ],
    ['an amount that is none', { entries: [ntryOf('02', { amount: 'abc' })] }, '不是大于零的金额'],
    ['a version that we do not know', { version: '13', entries: [entry] }, ''],
  ])('%s', async (_what, given, reason) => {
    const found = await checked(world, camtOf(given), { fileName: 'a.xml' });
    expect(found.allowedActions).not.toContain('apply');
    const said = [found.failure?.message, ...found.firstProblems.map((each) => each.reason)];
    expect(said.join()).toContain(reason || 'camt.053');
    expect(await entriesOf(world)).toEqual([]);
  });

  test.each([
    ['entities of its own', '<!DOCTYPE a [<!ENTITY x "y">]>'],
    ['a tag that never closes', '<Open>'],
    ['another document', ''],
  ])('%s', async (_what, inside) => {
    const xml = `<?xml version="1.0"?>${inside}<Document xmlns="urn:x"><A/></Document>`;
    const found = await checked(world, Buffer.from(xml), { fileName: 'a.xml' });
    expect(found.state).toBe('unreadable');
    expect(found.failure?.message).toContain('camt.053');
  });
});
