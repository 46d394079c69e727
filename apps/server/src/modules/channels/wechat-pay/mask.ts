/** Kept of each request and each answer. */
const maxCharacters = 4000;
const secretNames = [
  'openid',
  'sp_openid',
  'sub_openid',
  'unionid',
  'access_token',
  'refresh_token',
  'session_key',
  'ciphertext',
  'prepay_id',
  'code_url',
  'h5_url',
  'download_url',
  'auth_code',
].join('|');
/** The text may be cut off inside a value: the closing mark may be missing. */
const secretFields = new RegExp(`"(${secretNames})"\\s*:\\s*"([^"]*)"?`, 'g');
/** Version 2: an element with its text, in CDATA or not. */
const secretElements = new RegExp(`<(${secretNames})>(<!\\[CDATA\\[)?([^<\\]]*)`, 'g');
const secretParameters = /([?&](?:secret|code|js_code|token)=)[^&\s]*/g;

/** Takes secrets and payers' ids out of what is kept; four characters stay, to compare by eye. */
export function masked(text: string): string {
  return text
    .slice(0, maxCharacters)
    .replace(secretFields, (_match, name: string, value: string) => {
      return `"${name}":"${value.slice(0, 4)}…"`;
    })
    .replace(secretElements, (_match, name: string, cdata: string | undefined, value: string) => {
      return `<${name}>${cdata ?? ''}${value.slice(0, 4)}…`;
    })
    .replace(secretParameters, '$1…');
}
