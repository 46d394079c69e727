import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type BankWorld,
  bankWorld,
  checked,
  debitOf,
  statementOf,
} from '../../../../test/bank-builders.ts';
import { camtOf, ntryOf } from '../../../../test/camt-builder.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { orderApply } from './manage-import.ts';
import { runDueImports } from './run-due-imports.ts';
import { showImport } from './show-imports.ts';

let system: TestSystem;
let world: BankWorld;
beforeAll(async () => {
  system = await givenSystem();
  world = await bankWorld(await paymentWorld(system));
});
afterAll(async () => await system.close());

const rows = 50_000;

test('a statement of 50,000 rows is read, shown on its way, and imported whole', async () => {
  const lines = Array.from({ length: rows }, (_none, index) => ({
    no: `N${index}`,
    balance: '',
    ...(index % 50 === 0 ? { credit: '12.34' } : { debit: '1.00' }),
  }));
  const found = await checked(world, statementOf(lines));
  expect(found.totals).toMatchObject({ rows, bad: 0, credits: { count: rows / 50 } });
  const { id: bankImportId } = found;
  await orderApply(world.deps, { actor: world.staff, bankImportId, acceptLookAlikes: false });
  const shown = new Set<number>();
  let isRunning = true;
  const watching = (async () => {
    while (isRunning) {
      const { progress } = await showImport(world.deps, world.companyId, bankImportId);
      shown.add(progress.percent);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  })();
  await runDueImports(world.deps);
  isRunning = false;
  await watching;
  const done = await showImport(world.deps, world.companyId, bankImportId);
  expect(done).toMatchObject({ state: 'applied', progress: { rowsDone: rows, percent: 100 } });
  expect(shown.size).toBeGreaterThan(2);
  expect(await debitOf(world, `bank:${world.bankAccountId}`)).toBe((rows / 50) * 12_34);
}, 300_000);

test('a camt.053 of 50,000 entries is read within its memory', async () => {
  const entries = Array.from({ length: rows }, (_none, index) =>
    ntryOf('08', { amount: '1.00', indicator: 'DBIT', reference: `C${index}` }),
  );
  const bytes = camtOf({ version: '08', opening: '50000.00', closing: '0.00', entries });
  const found = await checked(world, bytes, { fileName: '大.xml' });
  expect(found.totals).toMatchObject({ rows, bad: 0 });
  expect(found.balances).toMatchObject([{ isBalanced: true }]);
}, 300_000);
