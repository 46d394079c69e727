import { type PersonDraft, readPeople } from './people.ts';
import type { RowReader } from './row-reader.ts';

interface KnownOwner extends PersonDraft {
  readonly row: number;
}

/** The sheet of owners: people by the number under which other sheets name them. */
export interface OwnerRegister {
  take(row: RowReader): void;
  /** The people of a number; a number that nobody has is told on the row. */
  find(row: RowReader, ownerNo: string | null): PersonDraft[];
}

export function createOwnerRegister(hasOwners: boolean): OwnerRegister {
  const owners = new Map<string, KnownOwner[]>();
  const idNumbers = new Map<string, KnownOwner>();
  return {
    take(row) {
      const no = row.text('ownerNo');
      if (no === '') row.fail('ownerNo', '业主编号没有填写', '请填写业主编号');
      const people = readPeople(row);
      if (people.length === 0 && row.text('ownerName') === '') {
        row.fail('ownerName', '姓名没有填写', '请填写姓名');
      }
      const known = owners.get(no) ?? [];
      for (const draft of people) {
        const person = { ...draft, row: row.no };
        const twin = twinOf(known, person);
        if (twin) {
          const advice = '每位业主的编号必须唯一，请更正其中一行';
          row.fail('ownerNo', `与第 ${twin.row} 行的业主编号相同`, advice);
          continue;
        }
        warnSharedIdNumber(row, person, idNumbers);
        known.push(person);
      }
      owners.set(no, known);
    },
    find(row, ownerNo) {
      if (ownerNo === null || !hasOwners) return [];
      const found = owners.get(ownerNo);
      if (!found) {
        row.warn(
          'ownerNo',
          `业主信息表中没有编号 ${ownerNo}，房屋照常导入，但不登记业主`,
          '请在业主信息表中补上这位业主后重新导入，或稍后在房屋中添加',
        );
      }
      return (found ?? []).map(({ row: _row, ...person }) => person);
    },
  };
}

/** One number is one owner, with the family and tenants who name it. */
function twinOf(known: readonly KnownOwner[], person: KnownOwner): KnownOwner | undefined {
  return known.find(
    ({ role, name }) => role === person.role && (role === 'owner' || name === person.name),
  );
}

function warnSharedIdNumber(
  row: RowReader,
  person: KnownOwner,
  idNumbers: Map<string, KnownOwner>,
): void {
  if (person.idNumber === null) return;
  const other = idNumbers.get(person.idNumber);
  if (!other) idNumbers.set(person.idNumber, person);
  else if (other.name !== person.name) {
    const reason = `身份证号与第 ${other.row} 行相同，姓名却不同`;
    row.warn('idNumber', reason, '请与业主核对；现按原样登记');
  }
}
