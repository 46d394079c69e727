import type { Fields } from './fields.ts';

/** Kept of each request and each answer. */
const maxCharacters = 4000;
/** Longer than any word that is read later, shorter than certificates and files. */
const maxValue = 300;
/** Payers' codes, cards and names, and what stands for the right to pay: four characters stay. */
const secretFields = new Set([
  'accNo',
  'bindId',
  'customerInfo',
  'payCardNo',
  'qrCode',
  'qrNo',
  'tn',
]);
/** Says nothing to a reader: signatures, certificates, files. */
const bulk = new Set(['fileContent', 'signPubKeyCert', 'signature']);

export function masked(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${maskedValue(name, value)}`)
    .join('&')
    .slice(0, maxCharacters);
}

function maskedValue(name: string, value: string): string {
  if (bulk.has(name)) return `(${value.length})`;
  if (secretFields.has(name)) return `${value.slice(0, 4)}…`;
  return value.length > maxValue ? `${value.slice(0, maxValue)}…` : value;
}
