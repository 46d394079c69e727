/** Kept of each request and each answer. */
const maxCharacters = 4000;
const secretNames = [
  'access_token',
  'refresh_token',
  'auth_code',
  'code_verifier',
  'user_id',
  'alipay_user_id',
  'open_id',
  'alipay_open_id',
  'union_id',
  'buyer_id',
  'buyer_user_id',
  'buyer_open_id',
  'buyer_logon_id',
  'alipay_logon_id',
  'principal_id',
  'app_auth_token',
  'qr_code',
  'sign',
].join('|');
/** Behind a quotation mark, which a string within a string has escaped. */
const secretFields = new RegExp(`(\\\\?")(${secretNames})\\1\\s*:\\s*\\1([^"\\\\]*)`, 'g');
/** The login's one: elsewhere `code` is the channel's answer. */
const loginCode = /("grant_type":"authorization_code","code":")([^"]*)/;

/** Takes secrets and payers' ids out of what is kept; four characters stay, to compare by eye. */
export function masked(text: string): string {
  return text
    .slice(0, maxCharacters)
    .replace(secretFields, (_match, quote: string, name: string, value: string) => {
      return `${quote}${name}${quote}:${quote}${value.slice(0, 4)}…`;
    })
    .replace(loginCode, (_match, head: string, value: string) => `${head}${value.slice(0, 4)}…`);
}
