import { type Fen, fen } from '@wuye-pay/money';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { type AccountCode, account } from '../domain/account.ts';
import { balanceOn } from '../queries/balances.ts';
import { closeDays, rebuildDays } from './close-days.ts';
import { postTransfers } from './post-transfers.ts';

let system: TestSystem;
let companyId: string;
let companies = 0;
const cash = account.cash('0192f0c1-0000-7000-8000-000000000001');
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());
beforeEach(async () => {
  companies += 1;
  companyId = await system.addCompany(`close${companies}`);
});

/** Fen into suspense at an instant, by a clock that shows it. */
async function receive(at: string, amount: number, postedAt = at): Promise<void> {
  system.clock.set(at);
  await system.deps.db.transaction(companyId, (tx) =>
    postTransfers(tx, system.deps, {
      key: newId(system.clock.now()),
      kind: 'test.receive',
      sourceId: newId(system.clock.now()),
      postedAt: new Date(postedAt),
      transfers: [{ debit: cash, credit: account.suspense(), amountFen: fen(amount) }],
    }),
  );
}

async function close(at: string): Promise<void> {
  system.clock.set(at);
  await closeDays(system.deps);
}

function balance(at: string, of: AccountCode = cash): Promise<Fen> {
  return system.deps.db.read(companyId, (tx) => balanceOn(tx, of, new Date(at)));
}

function closedDays() {
  return system.deps.db.read(companyId, (tx) =>
    tx.many(sql`
      select day, credit_fen as taken, credit_total_fen as total from ledger.account_day
      where company_id = ${companyId} and account_id = (
        select id from ledger.account where company_id = ${companyId} and code = 'suspense')
      order by day`),
  );
}

describe('closing days', () => {
  test('changes no balance, of today or of any day before', async () => {
    await receive('2026-10-01T02:00:00Z', 10_00);
    await receive('2026-10-03T02:00:00Z', 5_00);
    await receive('2026-11-24T02:00:00Z', 1_00);
    const instants = ['2026-09-30T02', '2026-10-01T01', '2026-10-01T03', '2026-10-03T01'];
    const asked = [...instants, '2026-11-01T00', '2026-11-24T03'].map((at) => `${at}:00:00Z`);
    const before = await Promise.all(asked.map((at) => balance(at)));
    expect(before).toEqual([0, 0, 10_00, 10_00, 15_00, 16_00]);
    await close('2026-11-24T03:00:00Z');
    expect(await closedDays()).toEqual([
      { day: '2026-10-01', taken: 10_00, total: 10_00 },
      { day: '2026-10-03', taken: 5_00, total: 15_00 },
    ]);
    expect(await Promise.all(asked.map((at) => balance(at)))).toEqual(before);
  });
  test('goes on from the last total the next time, and may run twice', async () => {
    await receive('2026-10-01T02:00:00Z', 10_00);
    await close('2026-10-02T03:00:00Z');
    await receive('2026-10-02T04:00:00Z', 3_00);
    await close('2026-10-03T03:00:00Z');
    await close('2026-10-03T03:00:00Z');
    expect(await closedDays()).toEqual([
      { day: '2026-10-01', taken: 10_00, total: 10_00 },
      { day: '2026-10-02', taken: 3_00, total: 13_00 },
    ]);
  });
  test('waits six hours after midnight of the company for what is under way', async () => {
    await receive('2026-10-01T02:00:00Z', 10_00);
    await close('2026-10-01T21:59:59Z'); // 05:59:59 in Shanghai.
    expect(await closedDays()).toEqual([]);
    await close('2026-10-01T22:00:00Z');
    expect(await closedDays()).toHaveLength(1);
  });
  test('lets no late transfer into a closed day: it counts on the first open one', async () => {
    await receive('2026-10-01T02:00:00Z', 10_00);
    await close('2026-10-05T02:00:00Z'); // Closed through 4 October.
    await receive('2026-10-03T02:00:00Z', 7_00); // A clock that went back.
    await receive('2026-10-05T03:00:00Z', 1_00, '2026-10-02T02:00:00Z'); // Told late.
    expect(await balance('2026-10-04T02:00:00Z')).toBe(10_00);
    expect(await balance('2026-10-05T03:00:00Z')).toBe(18_00);
    await close('2026-10-07T02:00:00Z');
    expect(await balance('2026-10-04T02:00:00Z')).toBe(10_00);
    expect(await balance('2026-10-06T02:00:00Z')).toBe(18_00);
  });
  test('can be done anew from the transfers alone', async () => {
    await receive('2026-10-01T02:00:00Z', 10_00);
    await receive('2026-10-02T02:00:00Z', 5_00);
    await close('2026-10-09T02:00:00Z');
    const before = await closedDays();
    await rebuildDays(system.deps, companyId);
    expect(await closedDays()).toEqual(before);
    expect(await balance('2026-10-09T02:00:00Z')).toBe(15_00);
  });
});
