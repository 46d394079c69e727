import { type Fen, fen } from '@wuye-pay/money';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { type AccountCode, account } from '../domain/account.ts';
import type { NewPosting } from '../domain/posting.ts';
import { balanceOn } from '../queries/balances.ts';
import { postTransfers } from './post-transfers.ts';

let system: TestSystem;
let bills: AccountCode;
let income: AccountCode;
let wechat: AccountCode;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());
beforeEach(() => {
  system.clock.set('2026-11-24T02:00:00Z');
  const [community, feeItem] = [id(), id()];
  bills = account.receivable(community, feeItem);
  income = account.revenue(community, feeItem);
  wechat = account.channel(id());
});

function id(): string {
  return newId(system.clock.now());
}

function posting(key: string, amountFen: number, more: Partial<NewPosting> = {}): NewPosting {
  return {
    key,
    kind: 'billing.publish',
    sourceId: id(),
    postedAt: system.clock.now(),
    transfers: [{ debit: bills, credit: income, amountFen: amountFen as Fen }],
    ...more,
  };
}

function post(what: NewPosting, companyId = system.companyId) {
  return system.deps.db.transaction(companyId, (tx) => postTransfers(tx, system.deps, what));
}

function balance(of: AccountCode, at = system.clock.now(), companyId = system.companyId) {
  return system.deps.db.read(companyId, (tx) => balanceOn(tx, of, at));
}

describe('a posting', () => {
  test('stands on both accounts, each on its normal side', async () => {
    expect(await post(posting(`publish:${id()}`, 254_70))).toEqual({ posted: true });
    expect(await balance(bills)).toBe(254_70);
    expect(await balance(income)).toBe(254_70);
  });
  test('with the same key is booked once, whoever sends it at the same time', async () => {
    const what = posting(`publish:${id()}`, 120_00);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(what)));
    expect(answers.filter(({ posted }) => posted)).toHaveLength(1);
    expect(await balance(bills)).toBe(120_00);
  });
  test('with the same key is booked once even on another day', async () => {
    const what = posting(`publish:${id()}`, 80_00);
    await post(what);
    system.clock.set('2026-12-24T02:00:00Z');
    expect(await post({ ...what, postedAt: system.clock.now() })).toEqual({ posted: false });
    expect(await balance(bills)).toBe(80_00);
  });
  test('of a transaction that fails leaves nothing, and can be made later', async () => {
    const what = posting(`publish:${id()}`, 66_00);
    const failing = system.deps.db.transaction(system.companyId, async (tx) => {
      await postTransfers(tx, system.deps, what);
      await postTransfers(tx, system.deps, posting(`publish:${id()}`, 1_00));
      throw new Error('the rest failed');
    });
    await expect(failing).rejects.toThrow('the rest failed');
    expect(await balance(bills)).toBe(0);
    expect(await post(what)).toEqual({ posted: true });
    expect(await balance(bills)).toBe(66_00);
  });
  test('of several lines is booked whole', async () => {
    await post(posting(`publish:${id()}`, 300_00));
    const collected = posting(`collect:${id()}`, 0, {
      kind: 'payment.collect',
      transfers: [
        { debit: wechat, credit: bills, amountFen: fen(254_70) },
        { debit: wechat, credit: account.suspense(), amountFen: fen(45_30) },
      ],
    });
    await post(collected);
    expect(await balance(wechat)).toBe(300_00);
    expect(await balance(bills)).toBe(45_30);
    expect(await balance(account.suspense())).toBe(45_30);
  });
  test('costs one trip and two statements once its accounts are there', async () => {
    await post(posting(`publish:${id()}`, 1_00)); // Makes the accounts.
    await post(posting(`publish:${id()}`, 1_00)); // Finds them committed.
    const sent: string[] = [];
    system.deps.db.observer = (text) => sent.push(text);
    await post(posting(`publish:${id()}`, 1_00));
    system.deps.db.observer = undefined;
    expect(sent).toHaveLength(2);
  });
});

describe('amounts at the edge', () => {
  test.each([
    ['nothing', 0],
    ['less than nothing', -1],
    ['half a fen', 0.5],
    ['0.1 + 0.2 yuan as fen in floats', (0.1 + 0.2) * 100],
    ['past the safe integers', 2 ** 53],
    ['not a number', Number.NaN],
  ])('%s is refused and books nothing', async (_name, amountFen) => {
    await expect(post(posting(`edge:${id()}`, amountFen))).rejects.toThrow(RangeError);
    expect(await balance(bills)).toBe(0);
  });
  test.each([
    ['one fen', 1],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER],
  ])('%s is booked exactly', async (_name, amountFen) => {
    await post(posting(`edge:${id()}`, amountFen));
    expect(await balance(bills)).toBe(amountFen);
  });
  test('a total past the safe integers is an error, never a near value', async () => {
    await post(posting(`edge:${id()}`, Number.MAX_SAFE_INTEGER));
    await post(posting(`edge:${id()}`, 2));
    await expect(balance(bills)).rejects.toThrow(/safe integers/);
  });
  test('nothing, or an account against itself, is refused by the database too', async () => {
    await post(posting(`edge:${id()}`, 1_00));
    const insert = (amount: number, credit: 'debit' | 'credit') =>
      system.deps.db.transaction(system.companyId, (tx) =>
        tx.run(sql`
          insert into ledger.transfer select company_id, day, ${id()}, posting_id,
            debit_account_id,
            ${credit === 'debit' ? sql`debit_account_id` : sql`credit_account_id`},
            ${amount}, posted_at
          from ledger.transfer where company_id = ${tx.companyId} order by id limit 1`),
      );
    await expect(insert(0, 'credit')).rejects.toThrow('transfer_amount_positive');
    await expect(insert(5, 'debit')).rejects.toThrow('transfer_two_accounts');
  });
});

describe('a balance', () => {
  test('is that of the instant asked for', async () => {
    await post(posting(`publish:${id()}`, 10_00));
    const before = system.clock.now();
    system.clock.advance(60_000);
    await post(posting(`publish:${id()}`, 5_00));
    expect(await balance(bills, before)).toBe(10_00);
    expect(await balance(bills)).toBe(15_00);
    expect(await balance(bills, new Date(before.getTime() - 1))).toBe(0);
  });
  test('puts the last millisecond of a day on that day and the next one on the next', async () => {
    system.clock.set('2026-11-30T15:59:59.999Z');
    await post(posting(`publish:${id()}`, 1_00));
    system.clock.set('2026-11-30T16:00:00.000Z');
    await post(posting(`publish:${id()}`, 2_00));
    expect(await daysOf(bills)).toEqual(['2026-11-30', '2026-12-01']);
    expect(await balance(bills, new Date('2026-11-30T15:59:59.999Z'))).toBe(1_00);
  });
  test('knows the leap day', async () => {
    system.clock.set('2028-02-28T16:30:00Z');
    await post(posting(`publish:${id()}`, 1_00));
    expect(await daysOf(bills)).toEqual(['2028-02-29']);
  });
  test('of another company stays its own, under the same code', async () => {
    const other = await system.addCompany('pinan');
    await post(posting('publish:same-key', 10_00));
    await post(posting('publish:same-key', 3_00), other);
    expect(await balance(bills)).toBe(10_00);
    expect(await balance(bills, system.clock.now(), other)).toBe(3_00);
  });
});

async function daysOf(of: AccountCode): Promise<string[]> {
  const rows = await system.deps.db.read(system.companyId, (tx) =>
    tx.many(sql<{ day: string }>`
      select day from ledger.pub_transfer
      where company_id = ${tx.companyId} and debit_code = ${of} order by day`),
  );
  return rows.map(({ day }) => day);
}

test('facts that are the first on their accounts, all at once, are all booked', async () => {
  const rounds = 20;
  const atOnce = 12;
  for (let round = 0; round < rounds; round += 1) {
    const [community, feeItem] = [id(), id()];
    const transfers = [
      {
        debit: account.receivable(community, feeItem),
        credit: account.revenue(community, feeItem),
        amountFen: fen(1_00),
      },
    ];
    await Promise.all(
      Array.from({ length: atOnce }, () =>
        system.deps.db.transaction(system.companyId, (tx) =>
          postTransfers(tx, system.deps, posting(id(), 0, { transfers })),
        ),
      ),
    );
    const balance = await system.deps.db.read(system.companyId, (tx) =>
      balanceOn(tx, account.receivable(community, feeItem), system.clock.now()),
    );
    expect(balance).toBe(atOnce * 1_00);
  }
});
