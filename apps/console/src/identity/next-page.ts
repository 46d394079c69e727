/** Where to go after signing in: a page of ours, whatever somebody wrote into the address. */
export function nextPage(wanted: string | null, otherwise: string): string {
  if (wanted === null || !/^\/(?![/\\])/.test(wanted)) return otherwise;
  return wanted;
}
