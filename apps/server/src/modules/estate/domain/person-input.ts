import type { PersonDraft } from './import/people.ts';
import { idNumberOf, phoneOf } from './import/values.ts';

export interface PersonInput {
  readonly name: string;
  readonly phone: string | null;
  readonly idNumber: string | null;
}

/** A person typed in by staff, in the one spelling in which equal values meet. */
export function readPerson(
  input: PersonInput,
):
  | { readonly person: Omit<PersonDraft, 'role'> }
  | { readonly problems: { readonly field: string; readonly reason: string }[] } {
  const problems: { field: string; reason: string }[] = [];
  const name = input.name.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (name === '') problems.push({ field: 'name', reason: '请填写姓名' });
  const phone = input.phone?.trim() ? phoneOf(input.phone.normalize('NFKC')) : null;
  if (phone === undefined) {
    problems.push({ field: 'phone', reason: '应为 11 位手机号，或带区号的固定电话' });
  }
  const idNumber = input.idNumber?.trim() ? idNumberOf(input.idNumber.normalize('NFKC')) : null;
  if (idNumber === undefined) {
    problems.push({ field: 'idNumber', reason: '身份证号应为 18 位（或 15 位旧号）' });
  }
  if (problems.length > 0) return { problems };
  return { person: { name, phone: phone ?? null, idNumber: idNumber ?? null } };
}
