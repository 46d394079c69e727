import type { OccupancyRole } from '@wuye-pay/contract';
import { doorNoOf } from '../unit-label.ts';
import { readPeople } from './people.ts';
import type { RowReader } from './row-reader.ts';
import { failMissing, readArea, readCommunity, readDay, type UnitDraft } from './unit-row.ts';

/** A parking space, how somebody has it, and from when to when. */
export interface ParkingDraft extends UnitDraft {
  readonly tenure: Tenure;
  readonly tenureDays: { readonly fromOn: string | null; readonly toOn: string | null };
}

/** A parking space is a unit: the car park stands for its building. */
export function readParkingRow(row: RowReader, community: string | null): ParkingDraft | undefined {
  const space = row.text('spaceNo');
  if (space === '') failMissing(row, 'spaceNo', '车位编号没有填写', '请填写车位编号');
  const tenure = readTenure(row);
  const fromOn = readDay(row, 'fromOn');
  const statedEnd = readDay(row, 'toOn');
  // A sold space has no end; systems that demand one are given a day far away.
  const toOn = tenure === 'tenant' ? statedEnd : null;
  if (fromOn !== null && toOn !== null && toOn < fromOn) {
    row.fail('toOn', '结束时间早于开始时间', '请核对这两个日期');
  }
  const people = readPeople(row).map((person) => ({ ...person, role: tenure, fromOn, toOn }));
  const communityName = readCommunity(row, community);
  const area = row.text('builtArea');
  const isPlaceholder = row.sheet.placeholders.builtArea?.includes(area) ?? false;
  if (space === '' || communityName === null) return undefined;
  return {
    community: communityName,
    place: { building: carParkOf(row.text('lot')), entrance: '', doorNo: doorNoOf(space) },
    floor: /地上|地下/.exec(row.text('lotKind'))?.[0] ?? null,
    kind: 'parking',
    movedInOn: null,
    builtM2: isPlaceholder ? null : readArea(row, 'builtArea'),
    innerM2: null,
    chargeableM2: null,
    people,
    ownerNo: row.text('ownerNo') || null,
    fees: [],
    tenure,
    tenureDays: { fromOn, toOn },
  };
}

type Tenure = Extract<OccupancyRole, 'owner' | 'tenant'>;

function readTenure(row: RowReader): Tenure {
  const text = row.text('tenure').toUpperCase();
  if (text === '' || /^(S|出售|已售|产权|自有)$/.test(text)) return 'owner';
  if (/^(H|出租|租赁|已租|租)$/.test(text)) return 'tenant';
  row.fail('tenure', `不认识的租售方式“${row.text('tenure')}”`, '请填写：出售（S）或出租（H）');
  return 'owner';
}

function carParkOf(text: string): string {
  if (text === '') return '停车场';
  return /^[0-9A-Za-z]+$/.test(text) ? `${text.replace(/^0+(?=\d)/, '')}号停车场` : text;
}
