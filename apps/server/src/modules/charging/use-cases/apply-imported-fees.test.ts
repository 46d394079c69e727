import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import type { ImportedFee } from '../../estate/index.ts';
import { listTariffs } from '../queries/tariffs.ts';
import { applyImportedFees } from './apply-imported-fees.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

describe('the fees of a workbook', () => {
  const fee: ImportedFee = {
    no: '101',
    type: '物业费',
    name: '高层住宅物业费',
    cycleMonths: 6,
    startsOn: '2026-03-01',
    endsOn: '2030-12-31',
    formula: 'area',
    price: '2.85',
    surcharge: '0',
  };

  test('become fee item, tariff and assignments; the same file again changes nothing', async () => {
    const unit = await givenUnit(system, { community: '导入苑' });
    const assignments = [{ unitId: unit.unitId, feeNo: '101', fromOn: '2026-03-01' }];
    const input = { communityId: unit.communityId, fees: [fee], assignments };
    const apply = () =>
      system.deps.db.transaction(system.companyId, (tx) =>
        applyImportedFees(tx, system.deps, input),
      );
    expect(await apply()).toEqual({ created: { feeItems: 1, tariffs: 1, assignments: 1 } });
    expect(await apply()).toEqual({ created: { feeItems: 0, tariffs: 0, assignments: 0 } });
    const [tariff] = (await listTariffs(system.deps, { companyId: system.companyId })).items.filter(
      (item) => item.name === fee.name,
    );
    expect(tariff).toMatchObject({
      feeItemName: '物业费',
      periodMonths: 6,
      anchorMonth: 3,
      effectiveFrom: '2026-03-01',
      effectiveTo: '2030-12-31',
    });
  });

  test('a cycle that no tariff can have is refused by name', async () => {
    const unit = await givenUnit(system, { community: '导入苑' });
    const input = {
      communityId: unit.communityId,
      fees: [{ ...fee, name: '怪', cycleMonths: 5 }],
      assignments: [],
    };
    const apply = system.deps.db.transaction(system.companyId, (tx) =>
      applyImportedFees(tx, system.deps, input),
    );
    await expect(apply).rejects.toMatchObject({ problems: [{ field: 'periodMonths' }] });
  });
});
