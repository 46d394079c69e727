import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type Database, sql } from '../src/platform/database/index.ts';
import { dropChecks, insertRow, namesOf, type TableInTest, tablesOf } from './generic-rows.ts';
import { givenSystem, type TestSystem } from './harness.ts';

/**
 * A company sees only its own rows, in every table there is: two companies get a row in each, and
 * one tries to read and write the other's with the very connection that the api has.
 */
let system: TestSystem;
let owner: Database;
let all: TableInTest[];
let ours: string;
let theirs: string;

beforeAll(async () => {
  system = await givenSystem();
  owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
  ours = await system.addCompany('ours');
  theirs = await system.addCompany('theirs');
  await dropChecks(owner);
  all = await tablesOf(owner);
  for (const table of companyTables()) {
    if (table.name === 'identity.company') continue;
    await insertRow(owner, table, ours);
    await insertRow(owner, table, theirs);
  }
});
afterAll(async () => {
  await owner.close();
  await system.close();
});

function companyTables(): TableInTest[] {
  return all.filter(({ kind }) => kind === 'company');
}

/** Each table for which something was possible that must not be, with what it was. */
async function everyTable(
  look: (table: TableInTest) => Promise<string | number | undefined>,
): Promise<string[]> {
  const odd: string[] = [];
  for (const table of companyTables()) {
    const result = await look(table);
    if (result !== undefined) odd.push(`${table.name}: ${result}`);
  }
  return odd;
}

interface Attempt {
  /** The code of the database's refusal. */
  readonly refused?: string;
  readonly rows: number;
}

/** Sends one statement as a role, for a company, and takes it back. */
async function attempt(
  statement: string,
  options: { companyId?: string; role?: 'app' | 'jobs' } = {},
): Promise<Attempt> {
  const db = options.role === 'jobs' ? system.deps.jobsDb : system.deps.db;
  const undo = new Error('undo');
  let done: Attempt = { rows: 0 };
  try {
    await db.transaction(options.companyId ?? ours, async (tx) => {
      const { rowCount } = await tx.client.query(statement);
      done = { rows: rowCount ?? 0 };
      throw undo;
    });
  } catch (error) {
    if (error !== undo) done = { rows: 0, refused: (error as { code?: string }).code ?? 'unknown' };
  }
  return done;
}

const denied = '42501';

test('the tables are those of the whole system', () => {
  expect(companyTables().length).toBeGreaterThan(30);
});

test('the api does not connect as a superuser, and cannot become one', async () => {
  const role = await system.deps.db.global.one(sql`
    select rolsuper or rolbypassrls as might, current_user as name
    from pg_roles where rolname = current_user`);
  expect(role).toEqual({ might: false, name: 'wuye_app' });
  expect((await attempt('set role wuye_owner')).refused).toBe(denied);
  expect((await attempt('set local row_security = off; select * from billing.bill')).refused).toBe(
    denied,
  );
});

describe('in every table the api', () => {
  test('reads its own row and none of another company, even without a filter', async () => {
    const odd = await everyTable(async ({ name, companyColumn: column }) => {
      const mine = await attempt(`select from ${name} where ${column} = '${ours}'`);
      const seen = await attempt(`select from ${name} where ${column} <> '${ours}'`);
      return mine.rows === 1 && seen.rows === 0
        ? undefined
        : `${mine.rows} own, ${seen.rows} foreign, ${mine.refused ?? ''}`;
    });
    expect(odd).toEqual([]);
  });
  test('sees nothing while no company is set, not everything', async () => {
    const odd = await everyTable(async ({ name }) => {
      const rows = await system.deps.db.global.many({ text: `select from ${name}`, values: [] });
      return rows.length === 0 ? undefined : rows.length;
    });
    expect(odd).toEqual([]);
  });
  test('changes and deletes no row of another company', async () => {
    const odd = await everyTable(async ({ name, companyColumn: column, appendOnly }) => {
      const set = `set "${column}" = "${column}"`;
      const update = await attempt(`update ${name} ${set} where ${column} = '${theirs}'`);
      const remove = await attempt(`delete from ${name} where ${column} = '${theirs}'`);
      const reached = update.rows + remove.rows;
      const isRefused = !appendOnly || (update.refused === denied && remove.refused === denied);
      return reached === 0 && isRefused ? undefined : `${reached} rows, ${update.refused}`;
    });
    expect(odd).toEqual([]);
  });
  test('writes no row for another company', async () => {
    const odd = await everyTable(async (table) => {
      const { name, columns, companyColumn } = table;
      const values = columns.map((column) =>
        column.name === companyColumn ? `'${theirs}'` : `"${column.name}"`,
      );
      const { refused } = await attempt(
        `insert into ${name} (${namesOf(table)}) select ${values.join(', ')} from ${name}`,
      );
      return refused === denied ? undefined : `refused with ${refused}`;
    });
    expect(odd).toEqual([]);
  });
  test('moves no row of its own to another company', async () => {
    const odd = await everyTable(async ({ name, companyColumn: column }) => {
      const { refused } = await attempt(`update ${name} set "${column}" = '${theirs}'`);
      return refused === denied ? undefined : `refused with ${refused}`;
    });
    expect(odd).toEqual([]);
  });
  test('empties nothing', async () => {
    const odd = await everyTable(async ({ name }) => {
      const { refused } = await attempt(`truncate ${name} cascade`);
      return refused === denied ? undefined : `refused with ${refused}`;
    });
    expect(odd).toEqual([]);
  });
});

test.each(['app', 'jobs'] as const)(
  'what is kept for ever is neither changed nor deleted by the role %s, any column of it',
  async (role) => {
    const kept = companyTables().filter(({ appendOnly }) => appendOnly);
    expect(kept.length).toBeGreaterThan(8);
    const odd: string[] = [];
    for (const { name, columns } of kept) {
      const statements = [
        ...columns.map((column) => `update ${name} set "${column.name}" = "${column.name}"`),
        `delete from ${name}`,
      ];
      for (const statement of statements) {
        const { refused } = await attempt(statement, { role });
        if (refused !== denied) odd.push(`${statement}: ${refused}`);
      }
    }
    expect(odd).toEqual([]);
  },
);

/** What is counted or leased there is meant to change. */
const mutableDirectories = ['identity.sign_in_guard', 'platform.periodic_task'];

test('a directory is only added to', async () => {
  const odd: string[] = [];
  for (const { name, kind, columns } of all) {
    if (kind !== 'directory' || mutableDirectories.includes(name)) continue;
    const update = await attempt(
      `update ${name} set "${columns[0]?.name}" = "${columns[0]?.name}"`,
    );
    const remove = await attempt(`delete from ${name}`);
    if (update.refused !== denied || remove.refused !== denied) odd.push(name);
  }
  expect(odd).toEqual([]);
});

test('the way to set the company takes nothing but an id', async () => {
  const forged = `${ours}'; set local app.company_id = '${theirs}`;
  const read = system.deps.db.read(forged, async () => 'reached');
  await expect(read).rejects.toThrow('not a company id');
});
