import { createHash } from 'node:crypto';
import { type SimulatedUser, users } from '../union-pay/users.ts';

/**
 * Base64 with at least one `+` in it, as real ones have now and then: who forgets to encode it
 * in an address turns the plus into a space. The same for every merchant.
 */
export function userIdOf(user: SimulatedUser): string {
  for (let round = 0; ; round += 1) {
    const hash = createHash('sha256').update(`union-pay/${user.no}/${round}`).digest('base64');
    if (hash.includes('+')) return hash;
  }
}

export function userOfId(userId: string): SimulatedUser | undefined {
  return users.find((one) => userIdOf(one) === userId);
}
