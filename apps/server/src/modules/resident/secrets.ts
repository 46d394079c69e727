import type { SecretBox } from '../../platform/crypto/secret-box.ts';

const purposes = {
  phone: 'resident.phone',
  email: 'resident.email',
  name: 'resident.name',
  photo: 'resident.photo',
};
export type SecretKind = keyof typeof purposes;

/** Something that reaches or names a resident, as the database keeps it. */
export function sealed(secrets: SecretBox, companyId: string, kind: SecretKind, clear: string) {
  return {
    cipher: secrets.seal(companyId, purposes[kind], clear),
    index: secrets.blindIndex(companyId, purposes[kind], clear),
  };
}

export function opened(
  secrets: SecretBox,
  companyId: string,
  kind: SecretKind,
  cipher: Buffer,
): string {
  return secrets.open(companyId, purposes[kind], cipher);
}
