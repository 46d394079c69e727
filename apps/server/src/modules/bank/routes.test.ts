import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BankWorld, bankWorld, imported, statementOf } from '../../../test/bank-builders.ts';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { paymentWorld } from '../../../test/payment-builders.ts';
import { createApp } from '../../platform/http/index.ts';
import { verifyLedger } from '../../verify-ledger/verify.ts';
import { addBankRoutes } from './index.ts';
import { makeUnitReference } from './use-cases/transfer-guide.ts';

let system: TestSystem;
let world: BankWorld;
let app: FastifyInstance;
beforeAll(async () => {
  system = await givenSystem();
  world = await bankWorld(await paymentWorld(system));
  app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: async () => world.staff,
  });
  addBankRoutes(app, world.deps);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await system.close();
});

async function upload(url: string, text: string) {
  const form = new FormData();
  form.set('bankAccountId', world.bankAccountId);
  form.set('file', new Blob([text]), '子账号.csv');
  const request = new Request('http://localhost', { method: 'POST', body: form });
  return await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  });
}

test("the bank's list of sub-accounts is taken over whole, or not at all", async () => {
  const { companyId } = world;
  const [one, two] = [
    await givenUnit(system, { companyId }),
    await givenUnit(system, { companyId }),
  ];
  const bad = `房屋,子账号\n${one.label},88001\n没有这户,8800110002\n${one.label},8800110003\n`;
  const refused = await upload('/api/bank-sub-accounts', bad);
  expect(refused.statusCode).toBe(400);
  const { error } = refused.json();
  expect(error.problems.map(({ row }: { row: number }) => row)).toEqual([2, 3, 4]);

  const good = `房屋,子账号\n${one.label},8800110001\n${two.label},8800110002\n`;
  expect((await upload('/api/bank-sub-accounts', good)).json()).toEqual({ saved: 2 });
  const guide = await app.inject({ url: `/api/units/${one.unitId}/transfer` });
  expect(guide.json().accounts).toMatchObject([{ number: '8800110001', isSubAccount: true }]);
  const taken = await upload('/api/bank-sub-accounts', `房屋,子账号\n${two.label},8800110001\n`);
  expect(taken.json().error.problems[0].reason).toContain('已分配给另一套房屋');
});

test('a unit says where to transfer to; lists show the last four digits only', async () => {
  const { unitId } = await givenUnit(system, { companyId: world.companyId });
  const guide = (await app.inject({ url: `/api/units/${unitId}/transfer` })).json();
  expect(guide).toMatchObject({ accounts: [{ number: '11002233445566778' }], reference: null });
  const made = [1, 2, 3].map(() =>
    app.inject({ method: 'POST', url: `/api/units/${unitId}/transfer` }),
  );
  const references = new Set((await Promise.all(made)).map((each) => each.json().reference));
  expect(references.size).toBe(1);
  const accounts = await app.inject({ url: '/api/bank-accounts' });
  expect(accounts.body).not.toContain('445566778');
  expect(accounts.json().items[0].numberMasked).toBe('*6778');
});

test('files and lists tell no whole name, account or phone', async () => {
  const line = {
    name: '诸葛小明',
    account: '6222020299998888777',
    remark: '电话13912345678',
    no: 'Q1',
  };
  await imported(world, statementOf([{ ...line, credit: '66' }]));
  for (const url of ['/api/bank-entries', '/api/bank-entries.csv']) {
    const { body } = await app.inject({ url: `${url}?search=Q1` });
    expect(body).toContain('诸*');
    for (const secret of ['诸葛小明', '6222020299998888777', '13912345678']) {
      expect(body).not.toContain(secret);
    }
  }
  for (const search of ['诸葛小明', '6222020299998888777', '66.00']) {
    const query = encodeURIComponent(search);
    const found = await app.inject({ url: `/api/bank-entries?search=${query}` });
    expect(found.json().items).toHaveLength(1);
  }
});

test('after imports of every kind the books are right', async () => {
  const unit = await world.bills(100_00, 80_00);
  const { reference } = await makeUnitReference(world.deps, {
    actor: world.staff,
    unitId: unit.unitId,
  });
  const remark = reference ?? '';
  await imported(
    world,
    statementOf([
      { credit: '100', remark, no: 'V1' },
      { credit: '95', remark, no: 'V2' },
      { credit: '7', no: 'V3' },
      { debit: '3', no: 'V4' },
    ]),
  );
  const reports = await verifyLedger(system.deps.jobsDb, {
    anchorDirectory: undefined,
    now: new Date(system.clock.now().getTime() + 120_000),
  });
  const ours = reports.find(({ shortCode }) => shortCode === world.shortCode);
  const checks = ours?.checks.filter(({ title }) => !title.en.includes('seal')) ?? [];
  expect(checks.length).toBeGreaterThan(10);
  expect(
    checks.flatMap(({ title, findings }) => findings.map(({ en }) => `${title.en}: ${en}`)),
  ).toEqual([]);
});
