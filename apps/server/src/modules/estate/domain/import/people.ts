import type { OccupancyRole } from '@wuye-pay/contract';
import { hasValidCheckDigit } from '../id-number.ts';
import type { RowReader } from './row-reader.ts';
import { idNumberOf, phoneOf, roleOf } from './values.ts';

export interface PersonDraft {
  readonly role: OccupancyRole;
  readonly name: string;
  readonly phone: string | null;
  readonly idNumber: string | null;
}

/** Longer texts are remarks, not names. */
const maxNameLength = 60;

/** The people of a row: none, one, or several names in one cell. */
export function readPeople(row: RowReader): PersonDraft[] {
  const role = readRole(row);
  const names = row
    .text('ownerName')
    .split(/[,、;/]/)
    .map((name) => name.trim())
    .filter(Boolean);
  const phones = readPhones(row);
  const idNumber = readIdNumber(row);
  if (names.length === 0) {
    if (phones.length > 0 || idNumber) {
      row.fail(
        'ownerName',
        '填写了手机号或身份证号，但没有姓名',
        '请补上姓名，或清空手机号和身份证号',
      );
    }
    return [];
  }
  if (names.some((name) => name.length > maxNameLength)) {
    row.fail('ownerName', `姓名超过 ${maxNameLength} 个字`, '请只填写姓名');
  }
  if (role === 'visitor') {
    row.warn('ownerRole', '临时人员不登记在房屋名下', '无需处理；如实际是租客，请改为“租客”');
    return [];
  }
  const isOne = names.length === 1;
  return names.map((name, index) => ({
    role,
    name,
    // With as many phones as names they go together; else the first person gets the first.
    phone: (index === 0 || phones.length === names.length ? phones[index] : undefined) ?? null,
    idNumber: isOne ? idNumber : null,
  }));
}

function readRole(row: RowReader): OccupancyRole | 'visitor' {
  const text = row.text('ownerRole');
  if (text === '') return 'owner';
  const role = roleOf(text);
  if (role) return role;
  row.fail(
    'ownerRole',
    `不认识的业主类型“${text}”`,
    '请填写：业主、家庭成员、租客（或 1001、1002、1003）',
  );
  return 'owner';
}

function readPhones(row: RowReader): string[] {
  const text = row.text('phone');
  if (text === '' || isPlaceholder(row, 'phone', text)) return [];
  const parts = text.split(/[,、;/]|\s{1,}(?=1[3-9]\d{9})/).filter(Boolean);
  const phones = parts.map(phoneOf);
  if (phones.some((phone) => phone === undefined)) {
    row.fail('phone', '电话号码不对：应为 11 位手机号或带区号的固定电话', '请更正，或清空这一格');
    return [];
  }
  const names = row
    .text('ownerName')
    .split(/[,、;/]/)
    .filter(Boolean).length;
  if (phones.length > Math.max(names, 1)) {
    row.warn(
      'phone',
      `有 ${phones.length} 个号码，只登记第一个`,
      '如需登记其他号码，请为每个人单独填写',
    );
  }
  return phones.filter((phone) => phone !== undefined);
}

function readIdNumber(row: RowReader): string | null {
  const text = row.text('idNumber');
  // 111111111111111111 and the like are what systems ask for when there is none.
  if (text === '' || isPlaceholder(row, 'idNumber', text) || /^(\d)\1+$/.test(text)) return null;
  const idNumber = idNumberOf(text);
  if (!idNumber) {
    row.fail('idNumber', '身份证号应为 18 位（或 15 位旧号）', '请更正，或清空这一格');
    return null;
  }
  if (idNumber.length === 18 && /^\d/.test(idNumber) && !hasValidCheckDigit(idNumber)) {
    row.warn('idNumber', '身份证号的校验位不对，可能抄错了', '请与业主核对；现按原样登记');
  }
  return idNumber;
}

/** "13900009999" where the file's own explanation says to write it when there is none. */
function isPlaceholder(row: RowReader, field: 'phone' | 'idNumber', text: string): boolean {
  if (!row.sheet.placeholders[field]?.includes(text)) return false;
  if (field === 'phone') {
    row.warn(field, '按文件中的说明，这个号码表示“没有电话”，不登记', '知道真实号码时请补上');
  }
  return true;
}
