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
import { startPayment } from '../../payment/index.ts';
import { orderApply } from './manage-import.ts';
import { runDueImports } from './run-due-imports.ts';
import { showImport } from './show-imports.ts';
import { makeUnitReference } from './transfer-guide.ts';

let system: TestSystem;
let world: BankWorld;
let killAt: string | undefined;
beforeAll(async () => {
  system = await givenSystem({
    checkpoint: (name) => {
      if (name !== killAt) return;
      killAt = undefined;
      throw new Error(`killed at ${name}`);
    },
  });
});
afterAll(async () => await system.close());
beforeEach(async () => {
  world = await bankWorld(await paymentWorld(system));
});

async function referenceOf(unitId: string): Promise<string> {
  const guide = await makeUnitReference(world.deps, { actor: world.staff, unitId });
  return guide.reference ?? '';
}
const bank = () => debitOf(world, `bank:${world.bankAccountId}`);
const suspense = async () => 0 - (await debitOf(world, 'suspense'));

describe('the same money in two files', () => {
  test('the same file again is recognised and brings nothing', async () => {
    const bytes = statementOf([
      { credit: '100', no: 'L1' },
      { credit: '200', no: 'L2' },
    ]);
    await imported(world, bytes);
    const again = await checked(world, bytes);
    expect(again.sameAs).not.toBeNull();
    expect(again.totals).toMatchObject({ repeats: 2, lookAlikes: 0 });
    await imported(world, bytes);
    expect(await bank()).toBe(300_00);
    expect(await suspense()).toBe(300_00);
    expect(await entriesOf(world)).toHaveLength(2);
  });

  test('a file that overlaps brings what is new; equal lines are told apart', async () => {
    const day = '2026-11-21';
    const equal = { day, credit: '50', balance: '', name: '李四' };
    const first = [{ credit: '100', balance: '', day: '2026-11-20' }, equal, equal];
    await imported(world, statementOf(first));
    const second = [equal, equal, { day: '2026-11-22', credit: '70', balance: '' }];
    const done = await imported(world, statementOf(second));
    expect(done.totals).toMatchObject({ repeats: 2 });
    expect(await bank()).toBe(100_00 + 50_00 + 50_00 + 70_00);
  });

  test('a line that looks like an earlier one needs a confirmation', async () => {
    await imported(world, statementOf([{ credit: '88', no: 'A1' }]));
    const twin = statementOf([{ credit: '88', no: 'B7' }]);
    const found = await checked(world, twin);
    expect(found.totals).toMatchObject({ repeats: 0, lookAlikes: 1 });
    const order = { actor: world.staff, bankImportId: found.id };
    await expect(
      orderApply(world.deps, { ...order, acceptLookAlikes: false }),
    ).rejects.toMatchObject({ code: 'BANK_IMPORT_NOT_READY' });
    await orderApply(world.deps, { ...order, acceptLookAlikes: true });
    await runDueImports(world.deps);
    expect(await bank()).toBe(176_00);
  });

  test('two overlapping imports at once book every entry once', async () => {
    const unit = await world.bills(100_00, 100_00, 100_00);
    const remark = await referenceOf(unit.unitId);
    const line = (no: number) => ({
      credit: '100',
      no: `N${no}`,
      balance: '',
      remark: no % 2 === 0 ? remark : '没有写识别码',
    });
    const files = [statementOf([1, 2, 3, 4].map(line)), statementOf([3, 4, 5, 6].map(line))];
    const imports = [];
    for (const bytes of files) imports.push(await checked(world, bytes));
    for (const { id } of imports) {
      await orderApply(world.deps, {
        actor: world.staff,
        bankImportId: id,
        acceptLookAlikes: true,
      });
    }
    await Promise.all([1, 2, 3].map(() => runDueImports(world.deps)));
    for (const { id } of imports) {
      expect(await showImport(world.deps, world.companyId, id)).toMatchObject({ state: 'applied' });
    }
    expect(await entriesOf(world)).toHaveLength(6);
    expect(await bank()).toBe(600_00);
    expect(await openOf(world, unit.unitId)).toEqual([0, 0, 0]);
    expect(await suspense()).toBe(300_00);
  });
});

describe('a crash', () => {
  test.each([
    'bank.entry.written',
    'bank.entry.committed',
    'bank.entries.written',
    'bank.entries.committed',
    'payment.book.settled',
    'payment.book.written',
  ])('at %s loses nothing and books nothing twice', async (checkpoint) => {
    const unit = await world.bills(100_00);
    const remark = await referenceOf(unit.unitId);
    const bytes = statementOf([{ credit: '100', remark }, { credit: '30' }, { debit: '9' }]);
    const { id: bankImportId } = await checked(world, bytes);
    await orderApply(world.deps, { actor: world.staff, bankImportId, acceptLookAlikes: false });
    killAt = checkpoint;
    await runDueImports(world.deps);
    expect(killAt).toBeUndefined();
    const after = await showImport(world.deps, world.companyId, bankImportId);
    expect(after.state).toBe('applying');
    system.clock.advance(10 * 60_000);
    await runDueImports(world.deps);
    expect(await showImport(world.deps, world.companyId, bankImportId)).toMatchObject({
      state: 'applied',
      totals: {
        matched: { count: 1, amountFen: 100_00 },
        suspense: { count: 1, amountFen: 30_00 },
      },
    });
    expect(await openOf(world, unit.unitId)).toEqual([0]);
    expect(await bank()).toBe(130_00);
    expect(await entriesOf(world)).toHaveLength(3);
  });
});

describe('bills that somebody is paying in a wallet', () => {
  async function paying() {
    const unit = await world.bills(100_00);
    const remark = await referenceOf(unit.unitId);
    const { paymentId } = await startPayment(world.deps, world.wish(unit));
    const [orderNo = ''] = [...world.channel.orders.keys()].slice(-1);
    return { unit, remark, paymentId, orderNo };
  }

  test('are taken over: the order is closed, the transfer settles them', async () => {
    const { unit, remark, orderNo } = await paying();
    await imported(world, statementOf([{ credit: '100', remark }]));
    expect(world.channel.orders.get(orderNo)?.state).toBe('closed');
    expect(await openOf(world, unit.unitId)).toEqual([0]);
    expect(await suspense()).toBe(0);
  });

  test('and have just paid: the wallet settles them, the transfer lies in suspense', async () => {
    const { unit, remark, orderNo } = await paying();
    world.channel.pay(orderNo);
    await imported(world, statementOf([{ credit: '100', remark }]));
    expect(await openOf(world, unit.unitId)).toEqual([0]);
    expect(await suspense()).toBe(100_00);
    expect(await entriesOf(world)).toMatchObject([{ state: 'suspense', unitId: unit.unitId }]);
  });

  test('and the channel gives no clear answer: nothing is guessed, the money waits', async () => {
    const { unit, remark } = await paying();
    for (let times = 0; times < 8; times += 1) {
      world.channel.fail('query', 'lost-before');
      world.channel.fail('close', 'lost-before');
    }
    await imported(world, statementOf([{ credit: '100', remark }]));
    world.channel.clearFaults();
    expect(await openOf(world, unit.unitId)).toEqual([100_00]);
    expect(await suspense()).toBe(100_00);
    expect(await bank()).toBe(100_00);
  });
});
