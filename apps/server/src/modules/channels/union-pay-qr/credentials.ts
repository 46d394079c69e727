import type { Problem } from '../../../platform/errors.ts';
import type { Credentials } from '../channel.ts';

/** What is wrong with the secrets of an account, in words for the person who pasted them. */
export function checkCredentials({ md5Key }: Credentials): readonly Problem[] {
  if (md5Key && /^[\x21-\x7e]{16,128}$/.test(md5Key)) return [];
  return [
    {
      field: 'credentials.md5Key',
      reason: '请填写收单机构下发的签名密钥（字母和数字，通常 32 位），前后不要有空格',
    },
  ];
}
