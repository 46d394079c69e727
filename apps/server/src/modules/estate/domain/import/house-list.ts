import { buildingNameOf, labelOf } from '../unit-label.ts';
import { type FeeDraft, readFeeRow } from './fee-row.ts';
import { readParkingRow, readTenure } from './parking-row.ts';
import { type PersonDraft, readPeople } from './people.ts';
import type { RowReader } from './row-reader.ts';
import { type Occupant, readCommunity, readUnitRow, type UnitDraft } from './unit-row.ts';

/** A unit to put aside; `people` of a later row of the same unit come with the same number. */
export interface ListedUnit {
  /** Counts the units of the file from 0. */
  readonly unitNo: number;
  /** Absent: the unit is already listed, and this row adds people. */
  readonly unit?: UnitDraft;
  readonly people: readonly Occupant[];
}

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

interface SeenUnit {
  readonly unitNo: number;
  readonly sheet: string;
  readonly row: number;
  readonly facts: string;
  readonly people: Set<string>;
}

interface KnownOwner extends PersonDraft {
  readonly row: number;
}

export function createHouseList(options: {
  /** For rows that name none. */
  readonly community: string | null;
  readonly hasFees: boolean;
  readonly hasOwners: boolean;
}): HouseList {
  const owners = new Map<string, KnownOwner[]>();
  const idNumbers = new Map<string, KnownOwner>();
  const fees = new Map<string, number>();
  const units = new Map<string, SeenUnit>();
  const buildings = new Set<string>();

  return {
    takeBuilding(row) {
      const community = readCommunity(row, options.community);
      const name = buildingNameOf(row.text('building'));
      if (name === '') row.fail('building', '楼栋没有填写', '请填写楼栋');
      if (community === null || name === '') return undefined;
      const key = JSON.stringify([community, name]);
      if (buildings.has(key)) return undefined;
      buildings.add(key);
      return { community, name };
    },
    takeOwner(row) {
      const no = row.text('ownerNo');
      if (no === '') row.fail('ownerNo', '业主编号没有填写', '请填写业主编号');
      const people = readPeople(row);
      if (people.length === 0 && row.text('ownerName') === '') {
        row.fail('ownerName', '姓名没有填写', '请填写姓名');
      }
      const known = owners.get(no) ?? [];
      for (const person of people) {
        const twin = known.find(({ role, name }) => role === person.role && name === person.name);
        const other = known.find(({ role }) => role === 'owner' && person.role === 'owner');
        if (twin ?? other) {
          const at = (twin ?? other)?.row;
          row.fail(
            'ownerNo',
            `与第 ${at} 行的业主编号相同`,
            '每位业主的编号必须唯一，请更正其中一行',
          );
          continue;
        }
        warnSharedIdNumber(row, { ...person, row: row.no });
        known.push({ ...person, row: row.no });
      }
      owners.set(no, known);
    },
    takeFee(row) {
      const fee = readFeeRow(row);
      if (!fee) return undefined;
      const before = fees.get(fee.no);
      if (before !== undefined) {
        row.fail('feeNo', `与第 ${before} 行的费用编号相同`, '费用编号必须唯一，请更正其中一行');
        return undefined;
      }
      fees.set(fee.no, row.no);
      return fee;
    },
    takeUnit(row) {
      const unit = readUnitRow(row, options.community);
      if (!unit) return undefined;
      checkFees(row, unit);
      const joined = ownersOf(row, unit).map((owner) => ({ ...owner, fromOn: null, toOn: null }));
      return list(row, unit, [...unit.people, ...joined], row.has('ownerRole'));
    },
    takeParking(row) {
      const unit = readParkingRow(row, options.community);
      if (!unit) return undefined;
      const role = readTenure(row);
      const days = { fromOn: null, toOn: null };
      const joined = ownersOf(row, unit)
        .filter((owner) => owner.role === 'owner')
        .map((owner) => ({ ...owner, role, ...days }));
      return list(row, unit, [...unit.people, ...joined], false);
    },
  };

  function warnSharedIdNumber(row: RowReader, person: KnownOwner): void {
    if (person.idNumber === null) return;
    const other = idNumbers.get(person.idNumber);
    if (!other) idNumbers.set(person.idNumber, person);
    else if (other.name !== person.name) {
      row.warn(
        'idNumber',
        `身份证号与第 ${other.row} 行相同，姓名却不同`,
        '请与业主核对；现按原样登记',
      );
    }
  }

  function ownersOf(row: RowReader, { ownerNo }: UnitDraft): PersonDraft[] {
    if (ownerNo === null || !options.hasOwners) return [];
    const found = owners.get(ownerNo);
    if (!found) {
      row.warn(
        'ownerNo',
        `业主信息表中没有编号 ${ownerNo}，房屋照常导入，但不登记业主`,
        '请在业主信息表中补上这位业主后重新导入，或稍后在房屋中添加',
      );
    }
    return (found ?? []).map(({ row: _row, ...person }) => person);
  }

  function checkFees(row: RowReader, unit: UnitDraft): void {
    if (!options.hasFees) return;
    const missing = unit.fees.map(({ no }) => no).filter((no) => !fees.has(no));
    if (missing.length === 0) return;
    row.fail(
      'feeNos',
      `费用设置表中没有编号 ${missing.join('、')}`,
      '请在费用设置表中补上，或更正编号',
    );
  }

  function list(
    row: RowReader,
    unit: UnitDraft,
    people: readonly Occupant[],
    mayRepeat: boolean,
  ): ListedUnit | undefined {
    const { building, entrance, doorNo } = unit.place;
    const key = JSON.stringify([unit.community, building, entrance, doorNo]);
    const facts = JSON.stringify([unit.floor, unit.kind, unit.builtM2, unit.innerM2]);
    const seen = units.get(key);
    if (!seen) {
      const unitNo = units.size;
      const names = new Set(people.map(personKey));
      units.set(key, { unitNo, sheet: row.sheet.name, row: row.no, facts, people: names });
      return { unitNo, unit, people };
    }
    refuseRepeat(row, unit, seen, facts, people, mayRepeat);
    for (const person of people) seen.people.add(personKey(person));
    return { unitNo: seen.unitNo, people };
  }

  /** A list with one row a person repeats the unit; else two rows of one door cannot both be true. */
  function refuseRepeat(
    row: RowReader,
    unit: UnitDraft,
    seen: SeenUnit,
    facts: string,
    people: readonly Occupant[],
    mayRepeat: boolean,
  ): void {
    const place = seen.sheet === row.sheet.name ? '' : `工作表“${seen.sheet}”`;
    const first = `${place}第 ${seen.row} 行`;
    const field = unit.kind === 'parking' && row.has('spaceNo') ? 'spaceNo' : 'doorNo';
    const label = labelOf(unit.place);
    if (!mayRepeat || people.length === 0) {
      row.fail(
        field,
        `${label} 重复：第 ${row.no} 行与${first}是同一房屋`,
        '请删去其中一行，或更正房号',
      );
    } else if (facts !== seen.facts) {
      row.fail(
        field,
        `${label} 在第 ${row.no} 行与${first}的楼层、类型或面积不同`,
        '同一房屋的多行应填写相同的房屋资料，请更正其中一行',
      );
    } else if (people.some((person) => seen.people.has(personKey(person)))) {
      row.fail('ownerName', `第 ${row.no} 行与${first}是同一房屋的同一个人`, '请删去其中一行');
    }
  }
}

function personKey({ role, name, phone }: Occupant): string {
  return JSON.stringify([role, name, phone]);
}
