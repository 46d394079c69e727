/**
 * The company that a room code names; whether the code exists is the estate's to say.
 * @returns undefined for what cannot be a code
 */
export function shortCodeOf(code: string): string | undefined {
  return /^([a-z][a-z0-9]{1,6})-[0-9a-z]{17}$/.exec(code)?.[1];
}
