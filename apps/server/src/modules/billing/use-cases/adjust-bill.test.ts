import { fen, sum } from '@wuye-pay/money';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { booksOf, givenBills } from '../../../../test/billing-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import type { StaffActor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { holdBills, releaseHolds, settleBills } from '../store/bill-store.ts';
import { adjustBillOnce, type BillChange } from './adjust-bill.ts';
import { changeAdjustmentSettings } from './adjustment-settings.ts';
import { type AdjustmentDecision, decideAdjustment } from './decide-adjustment.ts';
import { voidRun } from './void-run.ts';

let system: TestSystem;
let companyId = '';
let maker: StaffActor;
let checker: StaffActor;
let keys = 0;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());
/** A company of its own a test: its books are only of this test. */
beforeEach(async () => {
  companyId = await system.addCompany(`a${(keys += 1)}`);
  maker = { ...system.staff, companyId, id: newId(system.clock.now()), name: '收费员' };
  checker = { ...system.staff, companyId, id: newId(system.clock.now()), name: '经理' };
});

const bills = (...amountsFen: number[]) => givenBills(system, { companyId, amountsFen });

function adjust(billId: string, change: Partial<BillChange> = {}, key = `key-${(keys += 1)}-test`) {
  const wish = { actor: maker, billId, kind: 'correction', reason: '面积登记有误', ...change };
  return adjustBillOnce(system.deps, { ...wish, idempotencyKey: key } as never);
}

function decide(adjustmentId: string, change: Partial<AdjustmentDecision> = {}) {
  const decision = { actor: checker, adjustmentId, decision: 'approve' as const, ...change };
  return decideAdjustment(system.deps, decision);
}

function settle(billId: string, amountFen: number) {
  const paymentId = newId(system.clock.now());
  const lines = [{ billId, amountFen: fen(amountFen) }];
  return system.deps.db.transaction(companyId, (tx) => settleBills(tx, { paymentId, lines }));
}

function billOf(id: string) {
  return system.deps.db.read(companyId, (tx) =>
    tx.one(sql<{ amountFen: number; paidFen: number; waivedFen: number; state: string }>`
      select amount_fen as "amountFen", paid_fen as "paidFen", waived_fen as "waivedFen", state
      from billing.bill where company_id = ${companyId} and id = ${id}`),
  );
}

async function booksAgree() {
  const { open, receivable } = await booksOf(system, companyId);
  expect(receivable).toEqual(open);
  return sum(Object.values(open).map((amount) => fen(amount)));
}

describe('a bill becomes smaller', () => {
  test('at once below the limit: bill, books and the reason agree', async () => {
    const unit = await bills(120_00, 80_00);
    const outcome = await adjust(unit.bills[0]?.id ?? '', { amountFen: 20_00 });
    expect(outcome).toMatchObject({ state: 'applied', amountFen: 20_00 });
    expect(await billOf(unit.bills[0]?.id ?? '')).toMatchObject({ waivedFen: 20_00, paidFen: 0 });
    expect(await booksAgree()).toBe(180_00);
  });

  test('the same request twice and thirty-two times at once takes it off once', async () => {
    const unit = await bills(120_00);
    const id = unit.bills[0]?.id ?? '';
    const all = await Promise.all(
      Array.from({ length: 32 }, () => adjust(id, { amountFen: 20_00 }, 'the-same-key')),
    );
    expect(new Set(all.map(({ adjustmentId }) => adjustmentId)).size).toBe(1);
    await adjust(id, { amountFen: 20_00 }, 'the-same-key');
    expect(await billOf(id)).toMatchObject({ waivedFen: 20_00 });
    expect(await booksAgree()).toBe(100_00);
  });

  test('never below what is paid, and the refusal says what is possible', async () => {
    const unit = await bills(120_00);
    const id = unit.bills[0]?.id ?? '';
    await settle(id, 90_00);
    await expect(adjust(id, { amountFen: 30_01 })).rejects.toThrow(
      expect.objectContaining({ code: 'BILL_REDUCED_BELOW_PAID' }),
    );
    await adjust(id, { amountFen: 30_00 });
    expect(await billOf(id)).toMatchObject({ paidFen: 90_00, waivedFen: 30_00 });
    await expect(adjust(id, { amountFen: 1 })).rejects.toThrow(/BILL_SETTLED/);
  });

  test('thirty-two who pay and who reduce at once: paid and let off never exceed it', async () => {
    const unit = await bills(90_00);
    const id = unit.bills[0]?.id ?? '';
    const outcomes = await Promise.all(
      Array.from({ length: 32 }, (_, index) =>
        index % 2 === 0
          ? settle(id, 4_00).then(() => 'paid')
          : adjust(id, { amountFen: 5_00 }).then(
              () => 'reduced',
              (error: { code: string }) => error.code,
            ),
      ),
    );
    const bill = await billOf(id);
    expect(bill.paidFen + bill.waivedFen).toBe(90_00);
    expect(bill.waivedFen).toBe(5_00 * outcomes.filter((each) => each === 'reduced').length);
    expect(outcomes.filter((each) => !['paid', 'reduced'].includes(each))).not.toContain(undefined);
  });

  test('not while somebody is paying it, and right after', async () => {
    const unit = await bills(50_00);
    const id = unit.bills[0]?.id ?? '';
    const paymentId = newId(system.clock.now());
    const heldAt = system.clock.now();
    await system.deps.db.transaction(companyId, (tx) =>
      holdBills(tx, { paymentId, billIds: [id], heldAt, leaseUntil: heldAt }),
    );
    await expect(adjust(id, { amountFen: 1_00 })).rejects.toThrow(/BILL_HELD/);
    await expect(adjust(id, { kind: 'void' })).rejects.toThrow(/BILL_HELD/);
    await system.deps.db.transaction(companyId, (tx) => releaseHolds(tx, paymentId));
    await adjust(id, { amountFen: 1_00 });
  });
});

describe('two people', () => {
  test('from the limit on: nothing changes until another person agrees', async () => {
    const unit = await bills(300_00);
    const id = unit.bills[0]?.id ?? '';
    const { adjustmentId, state } = await adjust(id, { amountFen: 100_00 });
    expect(state).toBe('requested');
    expect(await billOf(id)).toMatchObject({ waivedFen: 0 });
    await expect(decide(adjustmentId, { actor: maker })).rejects.toThrow(/ADJUSTMENT_OWN/);
    await Promise.all(Array.from({ length: 32 }, () => decide(adjustmentId)));
    expect(await billOf(id)).toMatchObject({ waivedFen: 100_00 });
    expect(await booksAgree()).toBe(200_00);
    await expect(decide(adjustmentId, { decision: 'reject' })).rejects.toThrow(
      /ADJUSTMENT_DECIDED/,
    );
  });

  test('many small amounts of one person on one day count as one large', async () => {
    const unit = await bills(300_00, 300_00);
    const [one, two] = unit.bills.map(({ id }) => id);
    expect((await adjust(one ?? '', { amountFen: 60_00 })).state).toBe('applied');
    expect((await adjust(two ?? '', { amountFen: 60_00 })).state).toBe('requested');
    expect((await adjust(one ?? '', { amountFen: 39_99 })).state).toBe('applied');
    system.clock.advance(86_400_000);
    await expect(adjust(two ?? '', { amountFen: 60_00 })).rejects.toThrow(/ADJUSTMENT_WAITS/);
    expect((await adjust(one ?? '', { amountFen: 60_00 })).state).toBe('applied');
  });

  test('thirty-two small ones at once by one person stay below the limit together', async () => {
    const unit = await bills(...Array.from({ length: 32 }, () => 300_00));
    const all = await Promise.all(unit.bills.map(({ id }) => adjust(id, { amountFen: 9_00 })));
    const applied = all.filter(({ state }) => state === 'applied');
    expect(applied.length * 9_00).toBeLessThan(100_00);
    expect(applied).toHaveLength(11);
  });

  test('what was paid meanwhile stays paid: the approval is refused', async () => {
    const unit = await bills(300_00);
    const id = unit.bills[0]?.id ?? '';
    const { adjustmentId } = await adjust(id, { amountFen: 200_00 });
    await settle(id, 150_00);
    await expect(decide(adjustmentId)).rejects.toThrow(/BELOW_PAID.*150.00 yuan/);
    await decide(adjustmentId, { decision: 'reject', note: '已缴' });
    expect(await billOf(id)).toMatchObject({ paidFen: 150_00, waivedFen: 0 });
  });

  test('who asked takes it back; nobody else can', async () => {
    const unit = await bills(300_00);
    const { adjustmentId } = await adjust(unit.bills[0]?.id ?? '', { amountFen: 200_00 });
    await expect(decide(adjustmentId, { decision: 'cancel' })).rejects.toThrow(
      /ADJUSTMENT_NOT_OWN/,
    );
    await decide(adjustmentId, { actor: maker, decision: 'cancel' });
    await expect(decide(adjustmentId)).rejects.toThrow(/ADJUSTMENT_DECIDED/);
  });

  test('a limit of 0 asks for a second person always', async () => {
    await changeAdjustmentSettings(system.deps, { actor: checker, twoPeopleFromFen: 0 });
    const unit = await bills(10_00);
    expect((await adjust(unit.bills[0]?.id ?? '', { amountFen: 1 })).state).toBe('requested');
  });
});

describe('a single bill becomes void', () => {
  test('nobody owes it and the books shrink by it; its period can be billed again', async () => {
    const unit = await bills(60_00, 70_00);
    const id = unit.bills[0]?.id ?? '';
    await adjust(id, { amountFen: 10_00 });
    await adjust(id, { kind: 'void', reason: '该房屋未交付' });
    expect(await billOf(id)).toMatchObject({ state: 'void' });
    expect(await booksAgree()).toBe(70_00);
    await expect(adjust(id, { kind: 'void' })).rejects.toThrow(/BILL_VOID_ALREADY/);
    const month = '2026-10-01';
    await givenBills(system, { companyId, unitId: unit.unitId, amountsFen: [60_00], month });
  });

  test('not once somebody paid: refund first', async () => {
    const unit = await bills(60_00);
    await settle(unit.bills[0]?.id ?? '', 1);
    await expect(adjust(unit.bills[0]?.id ?? '', { kind: 'void' })).rejects.toThrow(
      /PAID_IN_PART.*0.01 yuan/,
    );
  });

  test('payers and a void at once: either it is void and unpaid, or it stands', async () => {
    const unit = await bills(60_00);
    const id = unit.bills[0]?.id ?? '';
    const paid = Array.from({ length: 31 }, () => settle(id, 2_00));
    const voided = adjust(id, { kind: 'void' }).then(
      () => true,
      () => false,
    );
    const rests = (await Promise.all(paid)).flat().map(({ restFen }) => restFen);
    const bill = await billOf(id);
    expect(bill.state).toBe((await voided) ? 'void' : 'issued');
    expect(bill.paidFen).toBe(31 * 2_00 - sum(rests));
    if (bill.state === 'void') expect(bill.paidFen).toBe(0);
  });

  test('the rest of its run can be voided; a run without bills left says so', async () => {
    const unit = await bills(60_00, 70_00);
    const reason = '重出';
    const command = { companyId, runId: unit.runId, actor: checker, reason };
    await adjust(unit.bills[0]?.id ?? '', { kind: 'void' });
    await voidRun(system.deps, command);
    expect(await booksAgree()).toBe(0);
    const other = await bills(30_00);
    await adjust(other.bills[0]?.id ?? '', { kind: 'void', actor: checker });
    await expect(voidRun(system.deps, { ...command, runId: other.runId })).rejects.toThrow(
      /RUN_BILLS_ALL_VOID/,
    );
  });

  test('needs the right to void bills as well', async () => {
    const unit = await bills(60_00);
    const actor = { ...maker, permissions: new Set(['billing.adjust']) };
    const wish = { actor, kind: 'void' as const };
    await expect(adjust(unit.bills[0]?.id ?? '', wish)).rejects.toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
  });
});

test('a bill of another company does not exist', async () => {
  const unit = await bills(60_00);
  const strangers = await system.addCompany(`z${keys}`);
  const actor = { ...maker, companyId: strangers };
  await expect(adjust(unit.bills[0]?.id ?? '', { actor, amountFen: 1 })).rejects.toThrow(
    expect.objectContaining({ code: 'BILL_NOT_FOUND' }),
  );
});
