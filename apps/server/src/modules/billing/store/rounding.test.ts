import { decimal, roundingModes, roundingUnits, roundYuan } from '@wuye-pay/money';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { billsOf } from '../../../../test/billing-builders.ts';
import { type GivenTerms, givenAssigned, givenFee } from '../../../../test/charging-builders.ts';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { amountOf } from '../../charging/index.ts';
import { inputsOf } from '../queries/bill-inputs.ts';
import { draftRun } from '../use-cases/draft-run.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

/** Exact decimals with up to `places` digits after the point; halves of a step come often. */
function exact(max: number, places: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max: places }), fc.boolean())
    .map(([whole, scale, isHalf]) => {
      const digits = isHalf ? '5' : String(whole % 10 ** scale).padStart(scale, '0');
      return scale === 0 ? String(whole) : `${whole}.${digits.padStart(scale, '0')}`;
    });
}

test('SQL and packages/money round every amount alike', async () => {
  const amounts = fc.sample(
    fc.record({
      yuan: exact(10_000_000, 6),
      sign: fc.constantFrom('', '-'),
      mode: fc.constantFrom(...roundingModes),
      unit: fc.constantFrom(...roundingUnits),
    }),
    { numRuns: 20_000, seed: 20261124 },
  );
  const rows = await system.deps.jobsDb.global.many(sql<{ amount: number }>`
    select platform.round_fen(a.yuan, a.mode, a.unit) as amount
    from unnest(${amounts.map(({ yuan, sign }) => sign + yuan)}::numeric[],
      ${amounts.map(({ mode }) => mode)}::text[], ${amounts.map(({ unit }) => unit)}::text[])
      with ordinality as a (yuan, mode, unit, no)
    order by a.no`);
  const different = amounts.filter(
    ({ yuan, sign, mode, unit }, index) =>
      roundYuan(decimal(sign + yuan), mode, unit) !== rows[index]?.amount,
  );
  expect(different).toEqual([]);
});

test('every bill of a run can be worked out again from what is stored with it', async () => {
  const areas = fc.sample(exact(2000, 4), { numRuns: 60, seed: 7 }).filter((area) => area !== '0');
  let communityId = '';
  for (const builtM2 of areas) {
    ({ communityId } = await givenUnit(system, { community: '随机苑', builtM2 }));
  }
  for (const terms of fc.sample(anyTerms, { numRuns: 40, seed: 11 })) {
    const fee = await givenFee(system, { terms });
    await givenAssigned(system, fee, { communityId });
  }
  const { companyId, staff: actor } = system;
  const run = await draftRun(system.deps, { companyId, communityId, month: '2026-11-01', actor });
  const bills = await billsOf(system, run.runId);
  expect(bills.length).toBeGreaterThan(2000);
  const different = bills.filter((bill) => amountOf(inputsOf(bill)) !== bill.amountFen);
  expect(different).toEqual([]);
});

const price = exact(20, 6).filter((yuan) => decimal(yuan).digits > 0n);

const anyTerms: fc.Arbitrary<GivenTerms> = fc
  .record({
    isArea: fc.boolean(),
    price,
    surcharge: exact(5, 3),
    periodMonths: fc.constantFrom(1, 2, 3, 4, 6, 12),
    roundingMode: fc.constantFrom(...roundingModes),
    roundingUnit: fc.constantFrom(...roundingUnits),
    roundingPoint: fc.constantFrom('period' as const, 'month' as const),
  })
  .map(({ isArea, ...terms }) => ({
    ...terms,
    basis: isArea ? ('area' as const) : ('fixed' as const),
    areaBasis: isArea ? ('built' as const) : null,
    anchorMonth: 11,
  }));
