import type { Fields } from './sign.ts';

/** Kept of each request and each answer. */
const maxCharacters = 4000;
const maxValue = 300;
/** Payers' ids and codes, and what stands for the right to pay: four characters stay. */
const secretFields = new Set([
  'auth_code',
  'code_img_url',
  'code_url',
  'openid',
  'pay_url',
  'sign',
  'sub_openid',
  'user_auth_code',
  'user_id',
]);

export function masked(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${maskedValue(name, value)}`)
    .join('&')
    .slice(0, maxCharacters);
}

function maskedValue(name: string, value: string): string {
  if (secretFields.has(name)) return `${value.slice(0, 4)}…`;
  return value.length > maxValue ? `${value.slice(0, maxValue)}…` : value;
}
