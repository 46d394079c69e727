import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import { maskName, maskPhone } from './domain/mask.ts';

export interface PersonData {
  readonly name: string;
  readonly phone: string | null;
  readonly idNumber: string | null;
}

/** A person as the database keeps them: nothing readable but the masks. */
export interface SealedPerson {
  readonly nameCipher: Buffer;
  readonly nameIndex: Buffer;
  readonly nameMasked: string;
  readonly phoneCipher: Buffer | null;
  readonly phoneIndex: Buffer | null;
  readonly phoneMasked: string | null;
  readonly idNumberCipher: Buffer | null;
  readonly idNumberIndex: Buffer | null;
}

const purposes = { name: 'person.name', phone: 'person.phone', idNumber: 'person.id-number' };

export function sealPerson(
  secrets: SecretBox,
  companyId: string,
  { name, phone, idNumber }: PersonData,
): SealedPerson {
  const seal = (purpose: string, clear: string | null) =>
    clear === null ? null : secrets.seal(companyId, purpose, clear);
  const index = (purpose: string, clear: string | null) =>
    clear === null ? null : secrets.blindIndex(companyId, purpose, clear);
  return {
    nameCipher: secrets.seal(companyId, purposes.name, name),
    nameIndex: nameIndex(secrets, companyId, name),
    nameMasked: maskName(name),
    phoneCipher: seal(purposes.phone, phone),
    phoneIndex: index(purposes.phone, phone),
    phoneMasked: phone === null ? null : maskPhone(phone),
    idNumberCipher: seal(purposes.idNumber, idNumber),
    idNumberIndex: index(purposes.idNumber, idNumber),
  };
}

export function openPerson(
  secrets: SecretBox,
  companyId: string,
  sealed: Pick<SealedPerson, 'nameCipher' | 'phoneCipher' | 'idNumberCipher'>,
): PersonData {
  const open = (purpose: string, cipher: Buffer | null) =>
    cipher === null ? null : secrets.open(companyId, purpose, cipher);
  return {
    name: secrets.open(companyId, purposes.name, sealed.nameCipher),
    phone: open(purposes.phone, sealed.phoneCipher),
    idNumber: open(purposes.idNumber, sealed.idNumberCipher),
  };
}

export function nameIndex(secrets: SecretBox, companyId: string, name: string): Buffer {
  return secrets.blindIndex(companyId, purposes.name, name);
}

export function phoneIndex(secrets: SecretBox, companyId: string, phone: string): Buffer {
  return secrets.blindIndex(companyId, purposes.phone, phone);
}

export function openPhone(secrets: SecretBox, companyId: string, cipher: Buffer): string {
  return secrets.open(companyId, purposes.phone, cipher);
}
