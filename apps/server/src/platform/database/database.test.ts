import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { newId } from '../id.ts';
import { sql } from './index.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());

function addCommunity(name: string, companyId = system.companyId) {
  return system.deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into estate.community (company_id, id, name, created_at)
      values (${companyId}, ${newId(system.clock.now())}, ${name}, ${system.clock.now()})`),
  );
}

/** Fails with an SQLSTATE. */
function raise(code: '40P01' | '23505') {
  return code === '40P01'
    ? sql`do $$ begin raise exception 'forced' using errcode = '40P01'; end $$`
    : sql`do $$ begin raise exception 'forced' using errcode = '23505'; end $$`;
}

describe('a company sees only its own rows', () => {
  test('another company reads nothing, even without a filter', async () => {
    await addCommunity('阳光花园');
    const other = await system.addCompany('other');
    const count = sql<{ count: number }>`select count(*) as count from estate.community`;
    const seen = await system.deps.db.read(other, (tx) => tx.one(count));
    expect(seen.count).toBe(0);
    const ours = await system.deps.db.read(system.companyId, (tx) => tx.one(count));
    expect(ours.count).toBe(1);
  });
  test('no company set means no rows, not all rows', async () => {
    const rows = await system.deps.db.global.many(sql`select id from estate.community`);
    expect(rows).toEqual([]);
  });
  test('a row cannot be written for another company', async () => {
    const other = await system.addCompany('foreign');
    const write = system.deps.db.transaction(system.companyId, (tx) =>
      tx.run(sql`
        insert into estate.community (company_id, id, name, created_at)
        values (${other}, ${newId(system.clock.now())}, 'x', ${system.clock.now()})`),
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });
});

describe('a transaction', () => {
  test('leaves nothing behind when its work fails', async () => {
    const work = system.deps.db.transaction(system.companyId, async (tx) => {
      await tx.run(sql`
        insert into estate.community (company_id, id, name, created_at)
        values (${tx.companyId}, ${newId(system.clock.now())}, '半途', ${system.clock.now()})`);
      throw new Error('half-way');
    });
    await expect(work).rejects.toThrow('half-way');
    const rows = await system.deps.db.read(system.companyId, (tx) =>
      tx.many(sql`select id from estate.community
        where company_id = ${tx.companyId} and name = '半途'`),
    );
    expect(rows).toEqual([]);
  });
  test('that swallowed an error of the database is not reported as committed', async () => {
    const work = system.deps.db.transaction(system.companyId, async (tx) => {
      await tx.run(sql`select 1 / 0`).catch(() => 0);
    });
    await expect(work).rejects.toThrow('rolled back');
  });
  test('runs again after a deadlock', async () => {
    await addCommunity('死锁甲');
    await addCommunity('死锁乙');
    const touch = (first: string, second: string) =>
      system.deps.db.transaction(system.companyId, async (tx) => {
        for (const name of [first, second]) {
          await tx.run(sql`update estate.community set address = ${first}
            where company_id = ${tx.companyId} and name = ${name}`);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      });
    await Promise.all([touch('死锁甲', '死锁乙'), touch('死锁乙', '死锁甲')]);
  });
  test('runs again after a deadlock among statements that were sent together', async () => {
    let tries = 0;
    const result = await system.deps.db.transaction(system.companyId, async (tx) => {
      tries += 1;
      const statement = tries === 1 ? raise('40P01') : sql`select 1`;
      // As a module of another does it: its failure is heard one step later than the next one's.
      const ofAnotherModule = async () =>
        await Promise.all([tx.run(statement), tx.run(sql`select 1`)]);
      await Promise.all([ofAnotherModule(), tx.run(sql`select 2`)]);
      return tries;
    });
    expect(result).toBe(2);
  });
  test('tells which constraint refused a row among statements sent together', async () => {
    const work = system.deps.db.transaction(system.companyId, async (tx) => {
      const ofAnotherModule = async () =>
        await Promise.all([tx.run(raise('23505')), tx.run(sql`select 1`)]);
      await Promise.all([ofAnotherModule(), tx.run(sql`select 2`)]);
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
  });
  test('an amount past 2^53 is refused, not approximated', async () => {
    const read = system.deps.db.read(system.companyId, (tx) =>
      tx.one(sql`select 9007199254740993::bigint as fen`),
    );
    await expect(read).rejects.toThrow(RangeError);
  });
});
