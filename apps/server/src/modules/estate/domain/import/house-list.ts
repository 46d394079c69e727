import { buildingNameOf } from '../unit-label.ts';
import { createDoorRegister, type ListedUnit } from './door-register.ts';
import { type FeeDraft, readFeeRow } from './fee-row.ts';
import { createOwnerRegister } from './owner-register.ts';
import { readParkingRow } from './parking-row.ts';
import type { RowReader } from './row-reader.ts';
import { readCommunity, readUnitRow, type UnitDraft } from './unit-row.ts';

export interface ListedBuilding {
  readonly community: string;
  readonly name: string;
}

/** What rows of the sheets have said so far; sheets of owners and fees are read before units. */
export interface HouseList {
  takeBuilding(row: RowReader): ListedBuilding | undefined;
  takeOwner(row: RowReader): void;
  takeFee(row: RowReader): FeeDraft | undefined;
  takeUnit(row: RowReader): ListedUnit | undefined;
  takeParking(row: RowReader): ListedUnit | undefined;
}

export interface HouseListOptions {
  /** For rows that name none. */
  readonly community: string | null;
  readonly hasFees: boolean;
  readonly hasOwners: boolean;
}

const noDays = { fromOn: null, toOn: null };

export function createHouseList(options: HouseListOptions): HouseList {
  const owners = createOwnerRegister(options.hasOwners);
  const doors = createDoorRegister();
  const feeRows = new Map<string, number>();
  const buildings = new Set<string>();
  return {
    takeBuilding: (row) => takeBuilding(row, options.community, buildings),
    takeOwner: owners.take,
    takeFee: (row) => takeFee(row, feeRows),
    takeUnit(row) {
      const unit = readUnitRow(row, options.community);
      if (!unit) return undefined;
      if (options.hasFees) checkFees(row, unit, feeRows);
      const joined = owners.find(row, unit.ownerNo).map((owner) => ({ ...owner, ...noDays }));
      return doors(row, unit, [...unit.people, ...joined], row.has('ownerRole'));
    },
    takeParking(row) {
      const unit = readParkingRow(row, options.community);
      if (!unit) return undefined;
      const { tenure: role, tenureDays } = unit;
      const joined = owners
        .find(row, unit.ownerNo)
        .filter((owner) => owner.role === 'owner')
        .map((owner) => ({ ...owner, role, ...tenureDays }));
      return doors(row, unit, [...unit.people, ...joined], false);
    },
  };
}

function takeBuilding(
  row: RowReader,
  standard: string | null,
  seen: Set<string>,
): ListedBuilding | undefined {
  const community = readCommunity(row, standard);
  const name = buildingNameOf(row.text('building'));
  if (name === '') row.fail('building', '楼栋没有填写', '请填写楼栋');
  if (community === null || name === '') return undefined;
  const key = JSON.stringify([community, name]);
  if (seen.has(key)) return undefined;
  seen.add(key);
  return { community, name };
}

function takeFee(row: RowReader, seen: Map<string, number>): FeeDraft | undefined {
  const fee = readFeeRow(row);
  if (!fee) return undefined;
  const before = seen.get(fee.no);
  if (before !== undefined) {
    row.fail('feeNo', `与第 ${before} 行的费用编号相同`, '费用编号必须唯一，请更正其中一行');
    return undefined;
  }
  seen.set(fee.no, row.no);
  return fee;
}

function checkFees(row: RowReader, unit: UnitDraft, known: ReadonlyMap<string, number>): void {
  const missing = unit.fees.map(({ no }) => no).filter((no) => !known.has(no));
  if (missing.length === 0) return;
  const reason = `费用设置表中没有编号 ${missing.join('、')}`;
  row.fail('feeNos', reason, '请在费用设置表中补上，或更正编号');
}
