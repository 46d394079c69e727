import type { Tx } from '../../../platform/database/index.ts';
import { paymentErrors } from '../errors.ts';
import { isCaseInDoubt } from '../queries/refund-order.ts';
import { paymentOfCase } from '../queries/suspense.ts';
import { type LockedCase, lockCases } from '../store/case-store.ts';
import { type LockedPayment, lockPayment } from '../store/payment-store.ts';

export interface FreeCase {
  readonly locked: LockedCase;
  readonly payment: LockedPayment | undefined;
}

/**
 * Locks a case, after the payment that it is of, and checks that it can be worked on.
 * @throws CASE_NOT_FOUND, CASE_NOT_FREE, CASE_WRONG_DIRECTION, CASE_IN_DOUBT
 */
export async function freeCase(tx: Tx, caseId: string, direction: 'in' | 'out'): Promise<FreeCase> {
  const of = await paymentOfCase(tx, caseId);
  if (!of) throw paymentErrors.CASE_NOT_FOUND();
  const payment = of.paymentId === null ? undefined : await lockPayment(tx, of.paymentId);
  const [locked] = await lockCases(tx, [caseId]);
  if (!locked) throw paymentErrors.CASE_NOT_FOUND();
  await checkFree(tx, locked, direction);
  return { locked, payment };
}

export async function checkFree(
  tx: Tx,
  locked: LockedCase,
  direction: 'in' | 'out',
): Promise<void> {
  if (locked.direction !== direction) throw paymentErrors.CASE_WRONG_DIRECTION();
  if (locked.state !== 'open' || locked.reservedBy !== null) throw paymentErrors.CASE_NOT_FREE();
  if (direction === 'in' && (await isCaseInDoubt(tx, locked))) throw paymentErrors.CASE_IN_DOUBT();
}
