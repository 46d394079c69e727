import { ApiFailure } from '@wuye-pay/contract/failure';

export { ApiFailure, failureOf, isSignedOut, networkFailure } from '@wuye-pay/contract/failure';

export function isOffline(error: unknown): boolean {
  return error instanceof ApiFailure && error.code === 'NETWORK';
}

/** What the server says about one field of a form, for FormField. */
export function problemOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiFailure)) return undefined;
  const found = error.problems.filter(
    (problem) => problem.field === field || problem.field?.startsWith(`${field}.`),
  );
  return found.length > 0 ? found.map(({ reason }) => reason).join(' ') : undefined;
}
