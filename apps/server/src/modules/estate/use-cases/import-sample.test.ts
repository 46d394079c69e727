import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { applyImportNow, givenCheckedImport } from '../../../../test/estate-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import type { ImportedFees } from '../imported-fee.ts';
import { showUnits } from './show-units.ts';

const system = await givenSystem();
afterAll(() => system.close());

const sample = (name: string) =>
  readFileSync(new URL(`../../../../test/fixtures/${name}`, import.meta.url));

test('a workbook of five sheets comes in whole', async () => {
  const checked = await givenCheckedImport(system, sample('microcommunity-workbook.xlsx'));
  console.log(
    JSON.stringify(
      checked.firstProblems.map((p) => [p.severity, p.sheet, p.row, p.column, p.value, p.reason]),
    ),
    checked.totals,
    checked.sheets.map((s) => [s.name, s.kind, s.counts, s.skippedRows]),
  );
  const given: ImportedFees[] = [];
  const applied = await applyImportNow(system, checked.id, {
    applyFees: async (_tx, _deps, input) => {
      given.push(input);
      return { created: { feeItems: 1, tariffs: 2, assignments: input.assignments.length } };
    },
  });
  console.log(applied.state, applied.failure, applied.totals, JSON.stringify(given, null, 1));
  const { items } = await showUnits(system.deps, system.companyId, { limit: 50 });
  console.log(items);
  expect(1).toBe(1);
});
