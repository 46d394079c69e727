import type { PaymentDeps } from '../deps.ts';
import { saveFailure } from '../store/attempt-store.ts';

/** For whoever explains to the payer why nothing was taken. */
export async function keepFailure(
  deps: PaymentDeps,
  companyId: string,
  attemptId: string,
  code: string,
): Promise<void> {
  await deps.db.transaction(companyId, (tx) => saveFailure(tx, attemptId, code));
}
