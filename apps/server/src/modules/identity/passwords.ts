import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { isWeakPassword } from './domain/names.ts';
import { identityErrors } from './errors.ts';

/** OWASP's minimum for argon2id, which is the library's default kind: 19 MiB, two passes. */
const parameters = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize('NFC'), parameters);
}

/** Without a hash it takes just as long, so that the time does not tell which names exist. */
export async function passwordMatches(
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await nobodysHash()), password.normalize('NFC'));
  return isRight && passwordHash !== undefined;
}

/** Easy to read aloud: no letters or digits that look alike. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 4;

/** 79 random bits, as "k7mp-x2rt-9wqa-hs4n". */
export function generatePassword(): string {
  const letter = () => alphabet[randomInt(alphabet.length)];
  const group = () => Array.from({ length: groupLength }, letter).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** @throws PASSWORD_WEAK for one that a stranger would try among the first */
export function refuseWeakPassword(password: string, loginName: string): void {
  if (!isWeakPassword(password, loginName)) return;
  const reason = '密码太容易被猜到，请换一个更长的或包含多个词的密码';
  throw identityErrors.PASSWORD_WEAK({ problems: [{ field: 'password', reason }] });
}

let nobodys: Promise<string> | undefined;

function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword(generatePassword());
  return nobodys;
}
