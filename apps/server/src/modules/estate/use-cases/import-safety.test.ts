import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { applyImportNow, givenCheckedImport } from '../../../../test/estate-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { houseWorkbook } from '../../../../test/workbook-builders.ts';
import { sql } from '../../../platform/database/index.ts';
import { orderApply, removeImport } from './manage-import.ts';
import { runDueImports } from './run-due-imports.ts';
import { showImport } from './show-imports.ts';
import { uploadImport } from './upload-import.ts';

const system = await givenSystem();
afterAll(() => system.close());

const afterLease = 61_000;
const list = (houses: number, first = 101) =>
  Buffer.from(
    houseWorkbook([
      ['楼栋', '单元', '房号', '建筑面积', '业主', '手机号'],
      ...Array.from({ length: houses }, (_none, index) => [
        '1',
        '1',
        String(first + index),
        '80',
        `王${index}`,
        `139${String(first * 1000 + index).padStart(8, '0')}`,
      ]),
    ]),
  );
const upload = async (bytes: Buffer, communityName: string) =>
  (
    await uploadImport(system.deps, {
      actor: system.staff,
      fileName: '房屋.xlsx',
      bytes,
      communityName,
    })
  ).importId;
const show = (importId: string) => showImport(system.deps, system.companyId, importId);

/** What there is of a community, everything that an import writes. */
async function stock(community: string) {
  const { deps, companyId } = system;
  return await deps.db.read(companyId, (tx) =>
    tx.one(sql<{ units: number; areas: number; occupancies: number; people: number }>`
      select count(distinct u.id) as units, count(distinct a.id) as areas,
        count(distinct o.id) as occupancies, count(distinct o.person_id) as people
      from estate.community as c
      left join estate.unit as u on u.company_id = c.company_id and u.community_id = c.id
      left join estate.unit_area as a on a.company_id = u.company_id and a.unit_id = u.id
      left join estate.occupancy as o on o.company_id = u.company_id and o.unit_id = u.id
      where c.company_id = ${companyId} and c.name = ${community}`),
  );
}
const all = (count: number) => ({
  units: count,
  areas: count,
  occupancies: count,
  people: count,
});

test('many workers at once check and take over an import once', async () => {
  const importId = await upload(list(300), '并发小区');
  await Promise.all(Array.from({ length: 4 }, () => runDueImports(system.deps)));
  expect(await show(importId)).toMatchObject({ state: 'checked', totals: { new: 300, bad: 0 } });
  const order = () => orderApply(system.deps, { actor: system.staff, importId });
  await Promise.all([order(), order(), order()]);
  await Promise.all(Array.from({ length: 4 }, () => runDueImports(system.deps)));
  expect(await show(importId)).toMatchObject({ state: 'applied', totals: { new: 300 } });
  expect(await stock('并发小区')).toEqual(all(300));
});

test('two imports of the same houses at once make each house once', async () => {
  const ids = [await upload(list(200), '同时小区'), await upload(list(200), '同时小区')];
  await runDueImports(system.deps);
  for (const importId of ids) {
    await orderApply(system.deps, { actor: system.staff, importId });
  }
  await Promise.all([runDueImports(system.deps), runDueImports(system.deps)]);
  expect(await stock('同时小区')).toEqual(all(200));
  const made = await Promise.all(ids.map(async (id) => (await show(id)).totals.new));
  expect(made.sort((a, b) => a - b)).toEqual([0, 200]);
});

test('a worker that fails amid the take-over leaves nothing; the next one finishes', async () => {
  const importId = await upload(list(150), '中断小区');
  await runDueImports(system.deps);
  await orderApply(system.deps, { actor: system.staff, importId });
  for (const point of ['estate.import-units-written', 'estate.import-before-commit']) {
    const checkpoint = (name: string) => {
      if (name === point) throw new Error(`stopped at ${name}`);
    };
    await runDueImports({ ...system.deps, checkpoint });
    expect(await stock('中断小区')).toEqual(all(0));
    await runDueImports(system.deps);
    expect((await show(importId)).state, 'nobody takes it while the lease lasts').toBe('applying');
    system.clock.advance(afterLease);
  }
  await runDueImports(system.deps);
  expect(await show(importId)).toMatchObject({ state: 'applied', totals: { new: 150 } });
  expect(await stock('中断小区')).toEqual(all(150));
});

test('a worker that fails amid a check is followed by one that starts afresh', async () => {
  const importId = await upload(list(1200), '重查小区');
  let sealed = 0;
  const { secrets } = system.deps;
  const breaking = {
    ...secrets,
    seal(companyId: string, purpose: string, clear: string) {
      sealed += 1;
      if (sealed > 1500) throw new Error('the machine went away');
      return secrets.seal(companyId, purpose, clear);
    },
  };
  await runDueImports({ ...system.deps, secrets: breaking });
  expect((await show(importId)).state).toBe('checking');
  system.clock.advance(afterLease);
  await runDueImports(system.deps);
  expect(await show(importId)).toMatchObject({ state: 'checked', totals: { new: 1200, bad: 0 } });
});

test('a file that breaks every worker is given up with a sentence', async () => {
  const importId = await upload(list(1), '无望小区');
  const broken = {
    ...system.deps.secrets,
    open: () => {
      throw new Error('no key');
    },
  };
  for (let tries = 0; tries < 6; tries += 1) {
    await runDueImports({ ...system.deps, secrets: broken });
    system.clock.advance(afterLease);
  }
  expect(await show(importId)).toMatchObject({
    state: 'unreadable',
    failure: { code: 'IMPORT_FAILED', message: expect.stringContaining('数据没有改变') },
  });
});

test('kill -9 in the middle of the take-over loses and doubles nothing', {
  timeout: 60_000,
}, async () => {
  const script = fileURLToPath(new URL('../../../../test/measure-import.ts', import.meta.url));
  const killed = promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', script, system.companyId, '400'],
    {
      env: {
        ...process.env,
        APP_URL: system.urls.app,
        JOBS_URL: system.urls.jobs,
        KILL_AT: 'estate.import-before-commit',
      },
    },
  );
  await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' });
  expect(await stock('大小区')).toEqual(all(0));
  system.clock.set(new Date(Date.now() + 2 * afterLease));
  await runDueImports(system.deps);
  expect(await stock('大小区')).toEqual(all(400));
});

test('what another company imported is not seen, not taken over and not touched', async () => {
  const other = { ...system.staff, companyId: await system.addCompany('other') };
  const theirs = await givenCheckedImport(system, list(3), { actor: other });
  await expect(show(theirs.id)).rejects.toThrow('IMPORT_NOT_FOUND');
  const input = { actor: system.staff, importId: theirs.id };
  await expect(orderApply(system.deps, input)).rejects.toThrow('IMPORT_NOT_FOUND');
  await expect(removeImport(system.deps, input)).rejects.toThrow('IMPORT_NOT_FOUND');
  await applyImportNow(system, theirs.id, { actor: other });
  const ours = await givenCheckedImport(system, list(3));
  expect(ours.totals, 'the same houses are new to us').toMatchObject({ new: 3, unchanged: 0 });
});

test('a finished import keeps no file and no rows: they hold names and phones', async () => {
  const checked = await givenCheckedImport(system, list(5), { community: '干净小区' });
  const left = () =>
    system.deps.db.read(system.companyId, (tx) =>
      tx.one(sql<{ left: number }>`
        select (select count(*) from estate.import_chunk
            where company_id = ${system.companyId} and import_id = ${checked.id})
          + (select count(*) from estate.import_unit
            where company_id = ${system.companyId} and import_id = ${checked.id})
          + (select count(*) from estate.import_person
            where company_id = ${system.companyId} and import_id = ${checked.id}) as left`),
    );
  expect((await left()).left).toBeGreaterThan(0);
  await applyImportNow(system, checked.id);
  expect(await left()).toEqual({ left: 0 });
});

test('nothing readable of a person is in the tables, not even while an import waits', async () => {
  await givenCheckedImport(system, list(3, 901), { community: '保密小区' });
  const clear = ['王0', '13900901000'];
  const tables = await system.deps.db.read(system.companyId, (tx) =>
    Promise.all([
      tx.many(sql`select * from estate.import where company_id = ${system.companyId}`),
      tx.many(sql`select * from estate.import_person where company_id = ${system.companyId}`),
      tx.many(sql`select * from estate.import_problem where company_id = ${system.companyId}`),
      tx.many(sql`select * from estate.person where company_id = ${system.companyId}`),
      tx.many(sql`select * from platform.audit_entry where company_id = ${system.companyId}`),
    ]),
  );
  const dump = tables.flat().flatMap((row) => Object.values(row as Record<string, unknown>));
  const texts = dump.map((value) =>
    Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value),
  );
  expect(texts.length).toBeGreaterThan(100);
  for (const secret of clear) {
    expect(texts.some((value) => value?.includes(secret))).toBe(false);
  }
});
