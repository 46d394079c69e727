import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type BankWorld,
  bankWorld,
  debitOf,
  entriesOf,
  imported,
  openOf,
  statementOf,
} from '../../../../test/bank-builders.ts';
import { givenBills } from '../../../../test/billing-builders.ts';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { newId } from '../../../platform/id.ts';
import { dispatchDue } from '../../../platform/outbox/index.ts';
import { approveSettlement } from '../../payment/index.ts';
import { bankListeners } from '../listeners.ts';
import { addRule, changeSettings } from './edit-settings.ts';
import { matchEntry } from './match-entry.ts';
import { showEntry } from './show-entry.ts';
import { makeUnitReference } from './transfer-guide.ts';

let system: TestSystem;
let world: BankWorld;
let keys = 0;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());
beforeEach(async () => {
  world = await bankWorld(await paymentWorld(system));
});

const suspense = async () => 0 - (await debitOf(world, 'suspense'));

async function homeOf(ownerName: string, ...amountsFen: number[]) {
  const { companyId } = world;
  const { unitId } = await givenUnit(system, { companyId, ownerName });
  return await givenBills(system, { companyId, unitId, amountsFen });
}

async function onlyEntry() {
  const [entry] = await entriesOf(world);
  if (!entry) throw new Error('no entry');
  return await showEntry(world.deps, { actor: world.staff, entryId: entry.id });
}

type Home = Awaited<ReturnType<typeof homeOf>>;

function matchOf(
  entryId: string,
  home: Home,
  change: { actor?: typeof world.staff; key?: string } = {},
) {
  keys += 1;
  return matchEntry(world.deps, {
    actor: change.actor ?? world.staff,
    entryId,
    unitId: home.unitId,
    lines: home.bills.map(({ id: billId, amountFen }) => ({ billId, amountFen })),
    note: '业主电话确认',
    idempotencyKey: change.key ?? `match-key-${keys}`,
  });
}

describe("a payer's name", () => {
  test('is only suggested unless the company says otherwise', async () => {
    const home = await homeOf('赵小强', 100_00);
    await imported(world, statementOf([{ credit: '100', name: '赵小强' }]));
    expect(await openOf(world, home.unitId)).toEqual([100_00]);
    const entry = await onlyEntry();
    expect(entry.reasons.map(({ zh }) => zh).join()).toContain('没有打开');
    expect(entry.suggestions[0]).toMatchObject({ unitId: home.unitId });
    expect(entry.suggestions[0]?.bills[0]).toMatchObject({ amountFen: 100_00 });
  });

  test('with an exact amount settles the bills of the only home, if allowed', async () => {
    const settings = { matchesByName: true, twoPeopleFromFen: null };
    await changeSettings(world.deps, { actor: world.staff, ...settings });
    const home = await homeOf('赵小强', 100_00, 60_00);
    await imported(world, statementOf([{ credit: '160', name: '赵小强' }]));
    expect(await openOf(world, home.unitId)).toEqual([0, 0]);
  });

  test.each([
    ['another amount', '159', 1],
    ['two homes of that name', '160', 2],
  ])('with %s settles nothing', async (_what, credit, homes) => {
    const settings = { matchesByName: true, twoPeopleFromFen: null };
    await changeSettings(world.deps, { actor: world.staff, ...settings });
    const home = await homeOf('钱多多', 100_00, 60_00);
    if (homes === 2) await homeOf('钱多多', 160_00);
    await imported(world, statementOf([{ credit, name: '钱多多' }]));
    expect(await openOf(world, home.unitId)).toEqual([100_00, 60_00]);
    expect(await suspense()).toBe(Number(credit) * 100);
    const entry = await onlyEntry();
    expect(entry.unitId).toBeNull();
    expect(entry.suggestions.map(({ unitId }) => unitId)).toContain(home.unitId);
  });
});

describe('what is no payment', () => {
  test('is kept and not posted once a rule says so, and was money before', async () => {
    const line = { name: '财付通支付科技有限公司', text: '商户结算' };
    await imported(world, statementOf([{ ...line, credit: '500', no: 'S1' }]));
    expect(await suspense()).toBe(500_00);
    const { staff: actor } = world;
    await addRule(world.deps, {
      actor,
      kind: 'settlement',
      place: 'counterparty',
      words: '财付通',
    });
    await imported(world, statementOf([{ ...line, credit: '600', no: 'S2' }]));
    expect(await suspense()).toBe(500_00);
    const entries = await entriesOf(world);
    expect(entries.find(({ amountFen }) => amountFen === 600_00)).toMatchObject({
      state: 'not-payment',
      notPaymentKind: 'settlement',
    });
  });
});

describe('a match by hand', () => {
  test('settles the bills, empties the case, and is known next time', async () => {
    const home = await homeOf('孙悟', 100_00);
    const payer = { name: '陌生人', account: '6217000011112222' };
    await imported(world, statementOf([{ ...payer, credit: '100', no: 'M1' }]));
    const entry = await onlyEntry();
    expect(entry.canMatch).toBe(true);
    await matchOf(entry.id, home);
    expect(await openOf(world, home.unitId)).toEqual([0]);
    expect(await suspense()).toBe(0);
    const after = await onlyEntry();
    expect(after).toMatchObject({ state: 'matched', suspenseFen: 0, canMatch: false });
    expect(after.matches).toMatchObject([{ unitId: home.unitId, amountFen: 100_00 }]);

    await givenBills(system, {
      companyId: world.companyId,
      unitId: home.unitId,
      amountsFen: [77_00],
      feeItemName: '停车费',
    });
    await imported(world, statementOf([{ ...payer, credit: '77', no: 'M2' }]));
    const second = (await entriesOf(world)).find(({ amountFen }) => amountFen === 77_00);
    const next = await showEntry(world.deps, { actor: world.staff, entryId: second?.id ?? '' });
    expect(next.suggestions[0]?.unitId).toBe(home.unitId);
    expect(next.suggestions[0]?.reasons.map(({ zh }) => zh).join()).toContain('缴过 1 次');
  });

  test('of a part leaves the rest in suspense; more than is there is refused', async () => {
    const home = await homeOf('周瑜', 100_00, 90_00);
    await imported(world, statementOf([{ credit: '150', name: '不认识' }]));
    const { id } = await onlyEntry();
    await expect(matchOf(id, home)).rejects.toMatchObject({ code: 'CASE_TOO_SMALL' });
    const [bill] = home.bills;
    await matchOf(id, { ...home, bills: bill ? [bill] : [] });
    expect(await openOf(world, home.unitId)).toEqual([0, 90_00]);
    expect(await suspense()).toBe(50_00);
  });

  test('twice with one key is one match; at once by two people one of them wins', async () => {
    const home = await homeOf('吴用', 100_00);
    await imported(world, statementOf([{ credit: '100', name: '不认识' }]));
    const { id } = await onlyEntry();
    await matchOf(id, home, { key: 'same-key-1' });
    await matchOf(id, home, { key: 'same-key-1' });
    expect((await onlyEntry()).matches).toHaveLength(1);

    const other = await homeOf('李逵', 200_00);
    await imported(world, statementOf([{ credit: '200', name: '不认识', no: 'Z9' }]));
    const entry = (await entriesOf(world)).find(({ amountFen }) => amountFen === 200_00);
    const both = await Promise.allSettled([1, 2, 3, 4].map(() => matchOf(entry?.id ?? '', other)));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await openOf(world, other.unitId)).toEqual([0]);
    expect(await suspense()).toBe(0);
  });

  test('from the limit on waits for a second person, on the page of suspense', async () => {
    const settings = { matchesByName: false, twoPeopleFromFen: 100_00 };
    await changeSettings(world.deps, { actor: world.staff, ...settings });
    const home = await homeOf('郑和', 100_00);
    await imported(world, statementOf([{ credit: '100', name: '不认识' }]));
    const entry = await onlyEntry();
    await matchOf(entry.id, home);
    expect(await openOf(world, home.unitId)).toEqual([100_00]);
    expect(await onlyEntry()).toMatchObject({ isProposed: true, canMatch: false });
    await expect(matchOf(entry.id, home)).rejects.toMatchObject({ code: 'CASE_NOT_FREE' });

    const settlementId = await system.deps.db.read(world.companyId, async ({ client }) => {
      const { rows } = await client.query(
        `select id from payment.case_settlement where company_id = $1`,
        [world.companyId],
      );
      return rows[0].id as string;
    });
    const approve = (actor: typeof world.staff) =>
      approveSettlement(world.deps as never, { actor, settlementId });
    await expect(approve(world.staff)).rejects.toMatchObject({ code: 'REFUND_OWN' });
    await approve({ ...world.staff, id: newId(system.clock.now()), name: '复核员' });
    expect(await openOf(world, home.unitId)).toEqual([0]);
    await deliver();
    await deliver();
    const after = await onlyEntry();
    expect(after).toMatchObject({ state: 'matched', suspenseFen: 0 });
    expect(after.matches).toMatchObject([{ matchedBy: '测试员、复核员', unitId: home.unitId }]);
  });

  test('of a remainder that names its unit is suggested with what is owed since', async () => {
    const home = await homeOf('冯唐', 100_00);
    const { reference } = await makeUnitReference(world.deps, {
      actor: world.staff,
      unitId: home.unitId,
    });
    await imported(world, statementOf([{ credit: '150', remark: reference ?? '' }]));
    await givenBills(system, {
      companyId: world.companyId,
      unitId: home.unitId,
      amountsFen: [50_00],
      feeItemName: '水费',
    });
    const entry = await onlyEntry();
    expect(entry).toMatchObject({ state: 'split', suspenseFen: 50_00 });
    expect(entry.suggestions[0]).toMatchObject({ unitId: home.unitId, openFen: 50_00 });
  });
});

async function deliver(): Promise<void> {
  const { jobsDb: db, clock, log } = system.deps;
  const listeners = new Map(
    bankListeners(system.deps).map(([topic, listener]) => [topic, [listener]] as const),
  );
  while ((await dispatchDue({ db, clock, log, listeners })) > 0);
}
