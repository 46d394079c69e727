import { fen, sum } from '@wuye-pay/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BilledUnit, givenBills } from '../../../../test/billing-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { openBillsOf } from '../queries/open-bills.ts';
import { holdBills, lockPayableBills, releaseHolds, settleBills } from './bill-store.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

const paymentId = () => newId(system.clock.now());

function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return system.deps.db.transaction(system.companyId, work);
}

function settle(unit: BilledUnit, amountsFen: readonly number[], by = paymentId()) {
  const lines = amountsFen.map((amount, index) => ({
    billId: unit.bills[index]?.id ?? '',
    amountFen: fen(amount),
  }));
  return inTransaction((tx) => settleBills(tx, { paymentId: by, lines }));
}

function hold(unit: BilledUnit, by: string) {
  const heldAt = system.clock.now();
  const leaseUntil = new Date(heldAt.getTime() + 300_000);
  const billIds = unit.bills.map((bill) => bill.id);
  return inTransaction((tx) => holdBills(tx, { paymentId: by, billIds, heldAt, leaseUntil }));
}

describe('a bill is never over-collected', () => {
  test('what does not fit is given back, to the fen', async () => {
    const unit = await givenBills(system, { amountsFen: [100_00, 50_00] });
    expect(await settle(unit, [60_00, 50_00])).toMatchObject([
      { settledFen: 60_00, restFen: 0 },
      { settledFen: 50_00, restFen: 0 },
    ]);
    expect(await settle(unit, [60_00, 50_00])).toMatchObject([
      { settledFen: 40_00, restFen: 20_00 },
      { settledFen: 0, restFen: 50_00 },
    ]);
  });

  test('by fifty payers at once: one bill is paid once, the rest comes back', async () => {
    const unit = await givenBills(system, { amountsFen: [254_70] });
    const settled = await Promise.all(Array.from({ length: 50 }, () => settle(unit, [254_70])));
    const lines = settled.flat();
    expect(sum(lines.map((line) => line.settledFen))).toBe(254_70);
    expect(sum(lines.map((line) => line.restFen))).toBe(49 * 254_70);
    expect(lines.filter((line) => line.settledFen > 0)).toHaveLength(1);
  });

  test('by twenty payers of other amounts: the parts add up to the bill', async () => {
    const unit = await givenBills(system, { amountsFen: [1000_00, 1000_00] });
    const settled = await Promise.all(
      Array.from({ length: 20 }, (_, index) => settle(unit, [70_00 + index, 90_00 + index])),
    );
    const lines = settled.flat();
    for (const bill of unit.bills) {
      const parts = lines.filter((line) => line.billId === bill.id).map((line) => line.settledFen);
      expect(sum(parts)).toBe(1000_00);
    }
  });

  test('two lines of one bill count together', async () => {
    const unit = await givenBills(system, { amountsFen: [100_00] });
    const billId = unit.bills[0]?.id ?? '';
    const lines = [fen(60_00), fen(60_00)].map((amountFen) => ({ billId, amountFen }));
    const settled = await inTransaction((tx) => settleBills(tx, { paymentId: paymentId(), lines }));
    expect(settled).toMatchObject([{ settledFen: 100_00, restFen: 20_00 }]);
  });

  test('a void bill takes nothing', async () => {
    const unit = await givenBills(system, { amountsFen: [100_00] });
    await inTransaction((tx) =>
      tx.run(sql`
        update billing.bill set state = 'void'
        where company_id = ${tx.companyId} and run_id = ${unit.runId}`),
    );
    expect(await settle(unit, [100_00])).toMatchObject([{ settledFen: 0, restFen: 100_00 }]);
  });

  test('the database itself refuses a fen too much', async () => {
    const unit = await givenBills(system, { amountsFen: [100_00] });
    const over = inTransaction((tx) =>
      tx.run(sql`
        update billing.bill set paid_fen = 100_01
        where company_id = ${tx.companyId} and run_id = ${unit.runId}`),
    );
    await expect(over).rejects.toMatchObject({ constraint: 'bill_never_over' });
  });

  test('a bill that does not exist is a defect, not a rest', async () => {
    const lines = [{ billId: paymentId(), amountFen: fen(1) }];
    const missing = inTransaction((tx) => settleBills(tx, { paymentId: paymentId(), lines }));
    await expect(missing).rejects.toThrow(/does not exist/);
  });
});

describe('holds', () => {
  test('are shown, taken over by the next payment, and ended by settling', async () => {
    const unit = await givenBills(system, { amountsFen: [10_00, 20_00] });
    const [first, second] = [paymentId(), paymentId()];
    await hold(unit, first);
    await hold(unit, second);
    await inTransaction((tx) => releaseHolds(tx, first));
    const open = await inTransaction((tx) => openBillsOf(tx, unit.unitId));
    expect(open.map((bill) => bill.heldBy)).toEqual([second, second]);
    await settle(unit, [10_00, 20_00], second);
    const ids = unit.bills.map((bill) => bill.id);
    const locked = await inTransaction((tx) => lockPayableBills(tx, ids));
    expect(locked).toMatchObject([
      { openFen: 0, hold: null },
      { openFen: 0, hold: null },
    ]);
  });

  test('whoever waited for the lock sees the hold of the one before', async () => {
    const unit = await givenBills(system, { amountsFen: [10_00] });
    const ids = unit.bills.map((bill) => bill.id);
    const seen = await Promise.all(
      Array.from({ length: 12 }, () =>
        inTransaction(async (tx) => {
          const [bill] = await lockPayableBills(tx, ids);
          if (bill?.hold) return bill.hold.paymentId;
          const heldAt = system.clock.now();
          await holdBills(tx, { paymentId: paymentId(), billIds: ids, heldAt, leaseUntil: heldAt });
          return 'first';
        }),
      ),
    );
    expect(seen.filter((who) => who === 'first')).toHaveLength(1);
    expect(new Set(seen).size).toBe(2);
  });

  test('bills of another company are not found', async () => {
    const unit = await givenBills(system, { amountsFen: [10_00] });
    const other = await system.addCompany('foreign');
    const ids = unit.bills.map((bill) => bill.id);
    const found = await system.deps.db.transaction(other, (tx) => lockPayableBills(tx, ids));
    expect(found).toEqual([]);
  });
});

describe('F42: one payment for 50 bills, some of them paid at the desk meanwhile', () => {
  test('settles what is open, and the rest is what was paid already', async () => {
    const amounts = Array.from({ length: 50 }, (_, index) => 100_00 + index);
    const unit = await givenBills(system, { amountsFen: amounts });
    const desk = unit.bills.slice(0, 7).map((bill) => bill.amountFen);
    await settle(unit, desk);
    const online = await settle(unit, amounts);
    expect(sum(online.map((line) => line.restFen))).toBe(sum(desk));
    expect(await inTransaction((tx) => openBillsOf(tx, unit.unitId))).toEqual([]);
  });
});
