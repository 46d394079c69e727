import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { systemActor } from '../actor.ts';
import { recordAudit } from '../audit.ts';
import { createDatabase, type Database, type Statement, sql } from '../database/index.ts';
import { newId } from '../id.ts';
import { auditBook } from './book.ts';
import { type SealDeps, sealBooks, sealTask, verifySeals } from './index.ts';

let system: TestSystem;
let owner: Database;
let companyId: string;
let shortCode: string;
let anchorDirectory: string;
let companies = 0;
const books = [auditBook];

beforeAll(async () => {
  system = await givenSystem();
  owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
});
afterAll(async () => {
  await owner.close();
  await system.close();
});
beforeEach(async () => {
  companies += 1;
  shortCode = `seal${companies}`;
  companyId = await system.addCompany(shortCode);
  anchorDirectory = await mkdtemp(join(tmpdir(), 'wuye-anchors-'));
});
afterEach(async () => await rm(anchorDirectory, { recursive: true }));

function deps(): SealDeps {
  return { jobsDb: system.deps.jobsDb, clock: system.clock };
}

async function record(...actions: string[]): Promise<void> {
  for (const action of actions) {
    system.clock.advance(1000);
    await system.deps.db.transaction(companyId, (tx) =>
      recordAudit(tx, system.clock, {
        actor: systemActor(companyId, 'test'),
        action,
        subjectKind: 'unit',
        subjectId: '1-101',
        detail: { note: '“引号”与 |' },
      }),
    );
  }
}

async function seal(): Promise<void> {
  system.clock.advance(1000);
  await sealBooks(deps(), { books, anchorDirectory });
}

/** What the accountant would read, failures only. */
async function failures(): Promise<string[]> {
  return (await report()).findings
    .filter(({ severity }) => severity === 'failure')
    .map(({ zh }) => zh);
}

async function report(directory: string | undefined = anchorDirectory) {
  return await owner.read(companyId, (tx) =>
    verifySeals(tx, {
      book: auditBook,
      shortCode,
      anchorDirectory: directory,
      now: system.clock.now(),
    }),
  );
}

/** As somebody with all rights over the database would. */
async function tamper(...statements: Statement[]): Promise<void> {
  for (const statement of statements) expect(await owner.global.run(statement)).toBeGreaterThan(0);
}

const place = (action: string) => sql`company_id = ${companyId} and action = ${action}`;

describe('a chain of seals', () => {
  beforeEach(async () => {
    await record('a', 'b');
    await seal();
    await record('c', 'd', 'e');
    await seal();
    await record('f');
    await seal();
  });

  test('that nobody touched is proved from its first seal', async () => {
    expect(await report()).toEqual({ seals: 3, rows: 6, findings: [] });
  });
  test('covers each row once, however many workers run', async () => {
    await record('g', 'h');
    system.clock.advance(1000);
    const both = { books, anchorDirectory };
    await Promise.all(Array.from({ length: 6 }, () => sealBooks(deps(), both)));
    expect(await report()).toMatchObject({ rows: 8, findings: [] });
  });
  test.each([
    ['changed', sql`update platform.audit_entry set subject_id = '1-102' where `],
    ['changed in its detail', sql`update platform.audit_entry set detail = '{}' where `],
    ['given to somebody else', sql`update platform.audit_entry set actor_name = '李' where `],
  ])('shows the place of a row that was %s', async (_name, change) => {
    await tamper(sql`${change}${place('d')}`);
    expect(await failures()).toEqual([expect.stringMatching(/^第 2 号封存第 2 行（.*）被改动$/)]);
  });
  test('shows the place of a row that was deleted', async () => {
    await tamper(sql`delete from platform.audit_entry where ${place('b')}`);
    expect(await failures()).toEqual([expect.stringMatching(/^第 1 号封存第 2 行（.*）被删除$/)]);
  });
  test('shows a row that was deleted with its mark', async () => {
    await tamper(
      sql`delete from platform.sealed_row where company_id = ${companyId} and id in (
        select id from platform.audit_entry where ${place('b')})`,
      sql`delete from platform.audit_entry where ${place('b')}`,
    );
    expect(await failures()).toEqual([expect.stringMatching(/第 1 号.*应有 2 行，现有 1 行/)]);
  });
  test('shows rows that changed places', async () => {
    await tamper(sql`update platform.sealed_row set place = 4 - place
      where company_id = ${companyId} and seal_no = 2`);
    expect(await failures()).toEqual(['第 2 号封存的行顺序或行摘要被改动']);
  });
  test('shows a row that was changed together with its hash', async () => {
    await tamper(
      sql`update platform.audit_entry set subject_id = '1-102' where ${place('d')}`,
      sql`update platform.sealed_row as sealed set content_sha256 = (
          select sha256(convert_to(content, 'UTF8')) from platform.pub_sealable_audit as entry
          where entry.company_id = sealed.company_id and entry.id = sealed.id)
        where company_id = ${companyId}`,
    );
    expect(await failures()).toEqual(['第 2 号封存的行顺序或行摘要被改动']);
  });
  test('shows a seal that was changed to suit its rows', async () => {
    await tamper(
      sql`update platform.seal set rows = rows + 1 where company_id = ${companyId} and seal_no = 2`,
    );
    expect(await failures()).toContain('第 2 号封存本身被改动');
  });
  test('shows two seals that changed numbers', async () => {
    const renumber = (from: number, to: number) =>
      sql`update platform.seal set seal_no = ${to} where company_id = ${companyId}
        and seal_no = ${from}`;
    await tamper(renumber(1, 9), renumber(2, 1), renumber(9, 2));
    expect(await failures()).toContain('第 1 号封存与前一号不相连');
  });
  test('shows a seal that is missing in the middle', async () => {
    await tamper(sql`delete from platform.seal where company_id = ${companyId} and seal_no = 2`);
    expect(await failures()).toContain('封存链缺少第 2 至 2 号封存');
    expect(await failures()).toContain('第 2 号封存被删除，其下 3 行失去封存');
  });
  test('shows an end that was cut off, rows and seal and all', async () => {
    await tamper(
      sql`delete from platform.seal where company_id = ${companyId} and seal_no = 3`,
      sql`delete from platform.sealed_row where company_id = ${companyId} and seal_no = 3`,
      sql`delete from platform.audit_entry where ${place('f')}`,
    );
    expect(await failures()).toEqual(['库外锚点记有第 3 号封存，库中没有：链尾被截断']);
  });
  test('shows an end that was written anew by the worker itself', async () => {
    await tamper(
      sql`delete from platform.seal where company_id = ${companyId} and seal_no = 3`,
      sql`delete from platform.sealed_row where company_id = ${companyId} and seal_no = 3`,
      sql`update platform.audit_entry set subject_id = '9-909' where ${place('f')}`,
    );
    await seal();
    expect(await failures()).toEqual(['第 3 号封存与库外锚点不一致：链被重写']);
  });
  test('shows a row that was put in behind the seals', async () => {
    system.clock.advance(600_000);
    await record('late');
    await seal();
    const at = new Date(system.clock.now().getTime() - 500_000);
    const insert = (id: string) => sql`
      insert into platform.audit_entry select company_id, day, ${id}, at, actor_kind, actor_id,
        actor_name, 'forged', subject_kind, subject_id, detail, ip
      from platform.audit_entry where ${place('a')}`;
    await tamper(insert(newId(at)));
    expect(await failures()).toEqual([expect.stringContaining('该行是事后插入的')]);
  });
  test('without its anchors says that a cut end could not be seen', async () => {
    await rm(join(anchorDirectory, `${shortCode}-audit.log`));
    const { findings } = await report();
    expect(findings).toEqual([expect.objectContaining({ severity: 'notice' })]);
    expect(findings[0]?.en).toContain('no anchors');
  });
  test('goes on after a crash in the middle of an anchor line', async () => {
    const file = join(anchorDirectory, `${shortCode}-audit.log`);
    await appendFile(file, '4 0123');
    await record('g');
    await seal();
    expect(await failures()).toEqual([]);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(5);
  });
});

test('rows wait for their seal without an alarm, and are named', async () => {
  await record('a');
  system.clock.advance(120_000);
  const { findings } = await report();
  expect(findings).toEqual([expect.objectContaining({ severity: 'notice' })]);
  expect(findings[0]?.zh).toContain('尚未封存');
});

test('a row that commits long after it was written is sealed all the same', async () => {
  const task = sealTask(deps(), { books, anchorDirectory });
  await task.run();
  let release = () => {};
  const waiting = new Promise<void>((resolve) => {
    release = resolve;
  });
  const late = system.deps.db.transaction(companyId, async (tx) => {
    const actor = systemActor(companyId, 'slow');
    const subject = { subjectKind: 'run', subjectId: '1' };
    await recordAudit(tx, system.clock, { actor, action: 'slow', ...subject });
    await waiting;
  });
  for (let minutes = 0; minutes < 30; minutes += 1) {
    await record(`minute ${minutes}`);
    system.clock.advance(59_000);
    await task.run();
  }
  release();
  await late;
  system.clock.advance(4000);
  await task.run();
  system.clock.advance(60_000);
  await task.run();
  expect(await report()).toMatchObject({ rows: 31, findings: [] });
});
