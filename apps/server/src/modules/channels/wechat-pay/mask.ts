/** Kept of each request and each answer. */
const maxCharacters = 4000;
const secretFields =
  /"(openid|sp_openid|sub_openid|unionid|access_token|refresh_token|ciphertext|prepay_id|code_url)"\s*:\s*"([^"]*)"/g;
const secretParameters = /([?&](?:secret|code)=)[^&\s]*/g;

/** Takes secrets and payers' ids out of what is kept; four characters stay, to compare by eye. */
export function masked(text: string): string {
  return text
    .slice(0, maxCharacters)
    .replace(secretFields, (_match, name: string, value: string) => {
      return `"${name}":"${value.slice(0, 4)}…"`;
    })
    .replace(secretParameters, '$1…');
}
