/** As whom payments of an account are filed, whichever wallet they use. */
export function payerKeyOf(accountId: string): string {
  return `resident/${accountId}`;
}
