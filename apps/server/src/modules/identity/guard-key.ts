import { createHash } from 'node:crypto';

/** Under which a name's attempts are counted: the name itself stays unknown to the table. */
export function guardKeyOf(loginName: string): Buffer {
  return createHash('sha256').update(`sign-in\u0000${loginName}`).digest();
}
