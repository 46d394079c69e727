import type { UnitFilter } from '@wuye-pay/contract';
import type { GivenTerms } from '../src/modules/charging/domain/tariff.ts';
import { listTariffs } from '../src/modules/charging/queries/tariffs.ts';
import { addTariff } from '../src/modules/charging/use-cases/add-tariff.ts';
import { assignTariff } from '../src/modules/charging/use-cases/assign-tariff.ts';
import { changeFeeItem } from '../src/modules/charging/use-cases/change-fee-item.ts';
import { createFeeItem } from '../src/modules/charging/use-cases/create-fee-item.ts';
import { endTariff } from '../src/modules/charging/use-cases/end-tariff.ts';
import type { TestSystem } from './harness.ts';

export type { GivenTerms };

export interface GivenFee {
  /** Another name for each call unless given. */
  readonly name?: string;
  readonly category?: 'income' | 'deposit' | 'agency';
  /** 2.85 yuan per square metre of built area and month unless given. */
  readonly terms?: GivenTerms;
  readonly effectiveFrom?: string;
  readonly companyId?: string;
}

export interface FeeInTest {
  readonly feeItemId: string;
  readonly name: string;
  readonly tariffName: string;
}

let fees = 0;

/** A fee item with one tariff, in force since 2020. */
export async function givenFee(system: TestSystem, given: GivenFee = {}): Promise<FeeInTest> {
  fees += 1;
  const name = given.name ?? `物业费 ${fees}`;
  const companyId = given.companyId ?? system.companyId;
  const common = { companyId, actor: system.staff };
  const feeItemId = await createFeeItem(system.deps, {
    ...common,
    name,
    category: given.category,
  });
  const tariffName = '标准';
  await addTariff(system.deps, {
    ...common,
    feeItemId,
    name: tariffName,
    terms: given.terms ?? { basis: 'area', areaBasis: 'built', price: '2.85' },
    effectiveFrom: given.effectiveFrom ?? '2020-01-01',
  });
  return { feeItemId, name, tariffName };
}

/** Lets the units pay the fee from a day on; from 2020 unless given. */
export async function givenAssigned(
  system: TestSystem,
  fee: FeeInTest,
  filter: UnitFilter,
  days: { fromOn?: string; toOn?: string; companyId?: string } = {},
): Promise<void> {
  await assignTariff(system.deps, {
    companyId: days.companyId ?? system.companyId,
    actor: system.staff,
    filter,
    feeItemId: fee.feeItemId,
    tariffName: fee.tariffName,
    fromOn: days.fromOn ?? '2020-01-01',
    toOn: days.toOn ?? null,
  });
}

/** The next version of the fee's tariff, in force from a day. */
export async function givenNextVersion(
  system: TestSystem,
  fee: FeeInTest,
  version: { terms: GivenTerms; effectiveFrom: string },
): Promise<void> {
  const { feeItemId, tariffName: name } = fee;
  const common = { companyId: system.companyId, actor: system.staff };
  await addTariff(system.deps, { ...common, feeItemId, name, ...version });
}

/** Ends the fee's tariff, which has one version. */
export async function givenTariffEnded(
  system: TestSystem,
  fee: FeeInTest,
  effectiveTo: string,
): Promise<void> {
  const { companyId, staff: actor } = system;
  const { items } = await listTariffs(system.deps, { companyId, feeItemId: fee.feeItemId });
  const tariffId = items[0]?.id ?? '';
  await endTariff(system.deps, { companyId, actor, tariffId, effectiveTo });
}

export async function givenFeeRetired(system: TestSystem, fee: FeeInTest): Promise<void> {
  const { companyId, staff: actor } = system;
  const { feeItemId } = fee;
  await changeFeeItem(system.deps, { companyId, actor, feeItemId, state: 'retired' });
}
