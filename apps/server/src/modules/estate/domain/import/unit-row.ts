import type { ImportField, UnitKind } from '@wuye-pay/contract';
import type { Areas } from '../area.ts';
import {
  buildingNameOf,
  doorNoOf,
  entranceOf,
  splitAddress,
  type UnitPlace,
} from '../unit-label.ts';
import { type PersonDraft, readPeople } from './people.ts';
import type { RowReader } from './row-reader.ts';
import { areaOf, dayOfText, kindOf, knownKinds } from './values.ts';

export interface FeeRef {
  readonly no: string;
  /** null: from the day on that the fee itself begins. */
  readonly fromOn: string | null;
}

export interface Occupant extends PersonDraft {
  readonly fromOn: string | null;
  readonly toOn: string | null;
}

/** A unit as one row of a file states it. null: the file does not say. */
export interface UnitDraft extends Areas {
  readonly community: string;
  readonly place: UnitPlace;
  readonly floor: string | null;
  readonly kind: UnitKind | null;
  readonly movedInOn: string | null;
  readonly people: readonly Occupant[];
  /** Names the people of another sheet. */
  readonly ownerNo: string | null;
  readonly fees: readonly FeeRef[];
}

const maxPlaceLength = 30;

/** @returns undefined when the row does not even say where the unit is */
export function readUnitRow(row: RowReader, community: string | null): UnitDraft | undefined {
  const place = readPlace(row);
  const areas = readAreas(row);
  const people = readPeople(row).map((person) => ({ ...person, fromOn: null, toOn: null }));
  const fees = readFeeRefs(row);
  const draft = {
    floor: row.text('floor') || null,
    kind: readKind(row),
    movedInOn: readDay(row, row.has('movedInOn') || row.has('feeNos') ? 'movedInOn' : 'feeFromOn'),
    ownerNo: row.text('ownerNo') || null,
    people,
    fees,
    ...areas,
  };
  const communityName = readCommunity(row, community);
  return place && communityName !== null
    ? { ...draft, place, community: communityName }
    : undefined;
}

export function readCommunity(row: RowReader, standard: string | null): string | null {
  const name = row.text('community') || standard;
  if (name === null) row.fail('community', '小区没有填写', '请填写小区名称，或在上传时选择小区');
  return name;
}

function readPlace(row: RowReader): UnitPlace | undefined {
  const door = row.text('doorNo');
  const buildingText = row.text('building');
  const address = buildingText === '' ? splitAddress(door) : undefined;
  if (address) return address;
  if (door === '') failMissing(row, 'doorNo', '房号没有填写', '请填写房号');
  if (buildingText === '') {
    failMissing(row, 'building', '楼栋没有填写', '请填写楼栋，或把房号写成“1栋2单元301”');
  }
  if (door === '' || buildingText === '') return undefined;
  const place = {
    building: buildingNameOf(buildingText),
    entrance: entranceOf(row.text('entrance')),
    doorNo: doorNoOf(door),
  };
  const fields = { building: 'building', entrance: 'entrance', doorNo: 'doorNo' } as const;
  for (const [part, field] of Object.entries(fields) as [keyof UnitPlace, ImportField][]) {
    if (place[part].length <= maxPlaceLength) continue;
    row.fail(field, `超过 ${maxPlaceLength} 个字，不像楼栋、单元或房号`, '请只填写编号或简短名称');
    return undefined;
  }
  return place;
}

/** A cell that cannot be trusted was named already. */
export function failMissing(
  row: RowReader,
  field: ImportField,
  reason: string,
  advice: string,
): void {
  const column = row.sheet.columns.find((each) => each.field === field)?.column;
  if (column !== undefined && row.problems.some((problem) => problem.column === column)) return;
  row.fail(field, reason, advice);
}

function readKind(row: RowReader): UnitKind | null {
  const text = row.text('kind');
  const kind = text === '' ? null : kindOf(text);
  if (kind === undefined) {
    row.fail('kind', `不认识的房屋类型“${text}”`, `请填写：${knownKinds}`);
    return null;
  }
  // Entrance 0 is how a list of MicroCommunity marks a shop.
  const isHome = kind === null || kind === 'home';
  return isHome && /^0+$/.test(row.text('entrance')) ? 'shop' : kind;
}

function readAreas(row: RowReader): Areas {
  const builtM2 = readArea(row, 'builtArea');
  const innerM2 = readArea(row, 'innerArea');
  const chargeableM2 = readArea(row, 'chargeableArea');
  if (builtM2 !== null && innerM2 !== null && Number(innerM2) > Number(builtM2)) {
    row.warn('innerArea', '套内面积大于建筑面积', '请核对是否填反；现按原样登记');
  }
  return { builtM2, innerM2, chargeableM2 };
}

export function readArea(
  row: RowReader,
  field: 'builtArea' | 'innerArea' | 'chargeableArea',
): string | null {
  const text = row.text(field);
  if (text === '') return null;
  const area = areaOf(text);
  if (area === undefined) {
    row.fail(field, '面积应为不小于 0 的数字，最多 4 位小数', '请更正，例如 94.56');
    return null;
  }
  if (Number(area) === 0) row.warn(field, '面积为 0', '按面积计费时费用为 0，请核对');
  return area;
}

export function readDay(row: RowReader, field: ImportField): string | null {
  const text = row.text(field);
  if (text === '') return null;
  const day = dayOfText(text, row.sheet.from1904);
  if (day === undefined) {
    row.fail(field, '不是有效的日期', '请写成 2020-06-10 这样的日期');
    return null;
  }
  return day;
}

/** "1#2" with "2020-06-10#2020-07-10": the fees of a home, and the day each begins. */
function readFeeRefs(row: RowReader): FeeRef[] {
  const separator = /[#,、;]/;
  const split = (text: string) =>
    text
      .split(separator)
      .map((part) => part.trim())
      .filter(Boolean);
  const numbers = split(row.text('feeNos'));
  // 0 is how MicroCommunity writes "none of these".
  if (numbers.length === 0 || (numbers.length === 1 && numbers[0] === '0')) return [];
  const days = split(row.text('feeFromOn')).map((text) => dayOfText(text, row.sheet.from1904));
  if (days.some((day) => day === undefined)) {
    row.fail('feeFromOn', '不是有效的日期', '请写成 2020-06-10；多个日期之间用 # 分隔');
    return [];
  }
  if (days.length > 1 && days.length !== numbers.length) {
    row.fail(
      'feeFromOn',
      `有 ${numbers.length} 个费用，却有 ${days.length} 个开始日期`,
      '请为每个费用各写一个日期，用 # 分隔；相同时可只写一个',
    );
    return [];
  }
  return numbers.map((no, index) => ({ no, fromOn: days[days.length > 1 ? index : 0] ?? null }));
}
