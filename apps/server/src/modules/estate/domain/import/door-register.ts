import { labelOf } from '../unit-label.ts';
import type { RowReader } from './row-reader.ts';
import type { Occupant, UnitDraft } from './unit-row.ts';

/** A unit to put aside; `people` of a later row of the same unit come with the same number. */
export interface ListedUnit {
  /** Counts the units of the file from 0. */
  readonly unitNo: number;
  /** Absent: the unit is already listed, and this row adds people. */
  readonly unit?: UnitDraft;
  readonly people: readonly Occupant[];
}

interface SeenUnit {
  readonly unitNo: number;
  readonly sheet: string;
  readonly row: number;
  readonly facts: string;
  readonly people: Set<string>;
}

/** Notes the doors of a file, so that two rows of one door are found. */
export type DoorRegister = (
  row: RowReader,
  unit: UnitDraft,
  people: readonly Occupant[],
  mayRepeat: boolean,
) => ListedUnit;

export function createDoorRegister(): DoorRegister {
  const seenUnits = new Map<string, SeenUnit>();
  return (row, unit, people, mayRepeat) => {
    const { building, entrance, doorNo } = unit.place;
    const key = JSON.stringify([unit.community, building, entrance, doorNo]);
    const seen = seenUnits.get(key);
    if (seen) {
      refuseRepeat(row, unit, seen, people, mayRepeat);
      for (const person of people) seen.people.add(personKey(person));
      return { unitNo: seen.unitNo, people };
    }
    const unitNo = seenUnits.size;
    const names = new Set(people.map(personKey));
    const facts = factsOf(unit);
    seenUnits.set(key, { unitNo, sheet: row.sheet.name, row: row.no, facts, people: names });
    return { unitNo, unit, people };
  };
}

/** A list with one row a person repeats the unit; else two rows of one door cannot both be true. */
function refuseRepeat(
  row: RowReader,
  unit: UnitDraft,
  seen: SeenUnit,
  people: readonly Occupant[],
  mayRepeat: boolean,
): void {
  const place = seen.sheet === row.sheet.name ? '' : `工作表“${seen.sheet}”`;
  const first = `${place}第 ${seen.row} 行`;
  const field = row.has('spaceNo') ? 'spaceNo' : 'doorNo';
  const label = labelOf(unit.place);
  if (!mayRepeat || row.text('ownerName') === '') {
    const reason = `${label} 重复：第 ${row.no} 行与${first}是同一房屋`;
    row.fail(field, reason, '请删去其中一行，或更正房号');
  } else if (factsOf(unit) !== seen.facts) {
    const reason = `${label} 在第 ${row.no} 行与${first}的楼层、类型或面积不同`;
    row.fail(field, reason, '同一房屋的多行应填写相同的房屋资料，请更正其中一行');
  } else if (people.some((person) => seen.people.has(personKey(person)))) {
    const reason = `第 ${row.no} 行与${first}是同一房屋的同一个人`;
    row.fail('ownerName', reason, '请删去其中一行');
  }
}

function factsOf({ floor, kind, builtM2, innerM2 }: UnitDraft): string {
  return JSON.stringify([floor, kind, builtM2, innerM2]);
}

function personKey({ role, name, phone }: Occupant): string {
  return JSON.stringify([role, name, phone]);
}
